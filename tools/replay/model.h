/** What the files of a report share: the collected data. The face is report.h. */
#ifndef REPLAY_MODEL_H
#define REPLAY_MODEL_H

#include <stdio.h>

#include "aerogpu/text.h"
#include "inventory.h"
#include "pictures.h"
#include "pool.h"
#include "report.h"

/** What is listed at most; a page that is larger helps nobody. */
enum {
    REPORT_MAX_PACKETS = 200000,
    REPORT_MAX_ERRORS = 2000,
    REPORT_MAX_TEXT_BYTES = 4000, /**< of one packet's line */
};

/** How far a packet came. */
enum packet_fate {
    FATE_UNTOUCHED, /**< not executed */
    FATE_DONE,
    FATE_FAILED, /**< in execution */
};

struct listed_packet {
    uint32_t submission;
    uint32_t index, offset_bytes, opcode, size_bytes; /**< as in struct aerogpu_packet */
    enum packet_fate fate;
    long text_end; /**< in the texts; it starts where the one before ends */
};

struct listed_submission {
    uint32_t frame;
    uint32_t flags, context_id, range_count;
    uint64_t fence;
    size_t stream_bytes;
    uint32_t first_packet, packet_count;
};

struct listed_error {
    uint32_t submission;
    uint32_t packet; /**< of the report, NUMBER_NONE: of the submission as a whole */
    uint32_t offset_bytes;
    char *rule, *text;
};

struct report {
    const char *path;
    struct aerogpu_host *host; /**< NULL: nothing can be asked */
    char device[256];          /**< its name; empty: there was none */
    bool is_lenient;
    char *metadata;
    size_t metadata_bytes;
    struct aerogpu_text *text;

    struct listed_submission *submissions;
    uint32_t submission_count, submission_capacity;
    struct listed_packet *packets;
    uint32_t packet_count, packet_capacity;
    uint32_t packets_left_out;
    struct listed_error *errors;
    uint32_t error_count, error_capacity;
    uint32_t errors_left_out;
    char **notes;
    uint32_t note_count, note_capacity;

    FILE *texts; /**< lines of the packets, to text_bytes */
    char *text_bytes;
    size_t text_size;
    FILE *events; /**< JSON, to event_bytes */
    char *event_bytes;
    size_t event_size;
    uint32_t event_count;

    const struct listed_submission *current;
    const struct aerogpu_capture_submission *current_source;
    uint32_t tracked; /**< packets of it that the inventory knows */
    struct pool pool;
    struct inventory inventory;
    struct pictures pictures;
    bool is_incomplete; /**< memory ran out */
};

/** Makes room for one more element of an array; notes when memory runs out. */
bool report_reserve(struct report *report, void **array, uint32_t count, uint32_t *capacity,
                    size_t element_bytes);

/** Looks at what a packet of work left and writes its event, if it is work. */
void report_event(struct report *report, uint32_t number, const struct aerogpu_packet *packet,
                  bool is_done);

/** Looks at living textures and buffers that have changed since they were seen last. */
void report_look_around(struct report *report);

/** Bound state as JSON in the pool, contents of buffers included. For draws and dispatches. */
uint32_t report_state(struct report *report, const struct aerogpu_packet *packet);

/** The picture of a texture's mip 0, layer 0; read anew if it may have changed. */
uint32_t report_look_at(struct report *report, struct thing *thing);

#endif
