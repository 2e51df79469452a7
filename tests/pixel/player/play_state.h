/** What the files of the player share. Everything here returns false after px_fail or px_bad. */
#ifndef PIXEL_PLAY_STATE_H
#define PIXEL_PLAY_STATE_H

#include "data.h"
#include "play.h"
#include "runtime/tap.h"
#include "words.h"

enum px_kind { PX_KIND_BUFFER, PX_KIND_TEXTURE, PX_KIND_QUERY };

/** An object a script can name. */
struct px_named {
    char name[40];
    enum px_kind kind;
    struct px_object *object;
    struct px_buffer_desc buffer;
    struct px_texture_desc texture;
};

struct px_container {
    void *bytes;
    size_t size_bytes;
};

struct px_vertex_buffer {
    struct px_object *object;
    uint32_t stride_bytes, offset_bytes;
};

enum { PX_NAMES_MAX = 64, PX_ELEMENTS_MAX = 32, PX_QUADS_MAX = 16 };

struct play {
    const struct px_script *script;
    const struct px_backend *backend;
    void *device;
    const char *hlsl_folder;
    bool is_dry; /**< nothing is there to be read back */

    uint32_t line; /**< being played */
    enum px_verdict verdict;
    char *message;
    size_t message_bytes;

    struct px_named names[PX_NAMES_MAX];
    uint32_t name_count;

    /* What a draw takes, beside what stands in the device. */
    struct px_container vs; /**< of the last [vertex shader] */
    struct px_object *vs_object;
    struct px_element elements[PX_ELEMENTS_MAX];
    char semantics[PX_ELEMENTS_MAX][32];
    uint32_t element_count;
    bool is_input_set; /**< layout, shader and buffers of the script stand in the device */
    struct px_vertex_buffer vertex_buffers[PX_SLOTS_MAX];
    struct px_object *quad_vs, *quad_layout;
    struct {
        float z;
        struct px_object *buffer;
    } quads[PX_QUADS_MAX]; /**< made once a depth: a new buffer would end the submission */
    uint32_t quad_count;

    const struct px_named *targets[PX_TARGETS_MAX];
    const struct px_named *depth;
    uint32_t target_count;
    bool has_targets;
    struct px_object *blend, *predicate;
};

/** The implementation did something else than the script expects. */
bool px_fail(struct play *play, const char *format, ...) TAP_PRINTF(2, 3);

/** The script cannot be understood. */
bool px_bad(struct play *play, const char *format, ...) TAP_PRINTF(2, 3);

/** Passes an operation's success on; false: the implementation refused `what`. */
bool px_did(struct play *play, bool is_done, const char *what);

/** The words of a line, one after the other. */
struct px_cursor {
    struct play *play;
    const struct px_line *line;
    uint32_t next;
};

/** True, and the word taken, if it is the next one. */
bool px_take_if(struct px_cursor *cursor, const char *word);
bool px_has_more(const struct px_cursor *cursor);
const char *px_peek(const struct px_cursor *cursor); /**< "" at the end */

bool px_take_word(struct px_cursor *cursor, const char **word);
bool px_take_uint(struct px_cursor *cursor, uint32_t *value);
bool px_take_int(struct px_cursor *cursor, int32_t *value);
bool px_take_float(struct px_cursor *cursor, float *value);
bool px_take_floats(struct px_cursor *cursor, float *values, uint32_t count);
bool px_take_flag(struct px_cursor *cursor, bool *value); /**< 0 or 1 */
bool px_take_from(struct px_cursor *cursor, const struct px_word *table, uint32_t *value);
bool px_take_end(struct px_cursor *cursor);

/** A named object of one kind; `none`, where allowed, gives NULL. */
bool px_take_named(struct px_cursor *cursor, enum px_kind kind, bool may_be_none,
                   const struct px_named **named);

/** NULL if there is none. */
const struct px_named *px_find(const struct play *play, const char *name);

/** A new name; the old object of that name is forgotten. NULL after px_bad. */
struct px_named *px_name(struct play *play, const char *format, ...) TAP_PRINTF(2, 3);

/** sections.c */
bool px_play_section(struct play *play, const struct px_section *section);
/** Targets, depth and viewport as play->targets says. */
bool px_bind_targets(struct play *play);
/** A 32 x 32 target rt0 for scripts that name none. */
bool px_default_target(struct play *play);

/** shaders.c */
bool px_section_shader(struct play *play, const struct px_section *section);
bool px_section_layout(struct play *play, const struct px_section *section);
/** Layout, vertex shader and buffers of the script before a draw. */
bool px_set_input(struct play *play);
/** A built-in quad over the whole target instead. */
bool px_set_quad(struct play *play, float z);

/** states.c */
bool px_section_state(struct play *play, const struct px_section *section);

/** commands.c: the body of a [test]. */
bool px_section_test(struct play *play, const struct px_section *section);

/**
 * transfers.c: commands of a [test]. Update and map take data from the lines behind theirs; *used
 * is how many.
 */
bool px_command_update(struct px_cursor *cursor, const struct px_line *lines, uint32_t line_count,
                       uint32_t *used);
bool px_command_map(struct px_cursor *cursor, const struct px_line *lines, uint32_t line_count,
                    uint32_t *used);
bool px_command_copy(struct px_cursor *cursor);
bool px_command_copy_region(struct px_cursor *cursor);
bool px_command_generate_mips(struct px_cursor *cursor);
/** [format F] [mip FIRST COUNT] [layer FIRST COUNT] [element FIRST COUNT] [raw] */
bool px_take_view(struct px_cursor *cursor, struct px_view *view);

/** resources.c */
bool px_section_resource(struct play *play, const struct px_section *section);

/** probe.c: `probe ...`. */
bool px_probe(struct px_cursor *cursor);

#endif
