/**
 * AeroGPU command streams as text: one stable line a packet, fields in protocol order, symbolic
 * names. With stable ids, object handles, alloc ids and share tokens are replaced by numbers in
 * order of first appearance (`h1`, `a1`, `t1`; 0 is `-`), so that two runs of one program give the
 * same text.
 *
 * Contents are summarised: an upload by its FNV-1a hash, a shader by program type, size, chunks and
 * hash. Floats have the fewest digits that read back to the same bits.
 */
#ifndef AEROGPU_TEXT_H
#define AEROGPU_TEXT_H

#include <stdbool.h>
#include <stdio.h>

#include "aerogpu/capture.h"
#include "aerogpu/decode.h"
#include "aerogpu/memory.h"
#include "aerogpu/validate.h"

struct aerogpu_text;

struct aerogpu_text_options {
    bool stable_ids;
    bool json;    /**< one JSON object a line instead of text */
    bool offsets; /**< prefix text lines with the packet's offset; JSON has it anyway */
    aerogpu_realloc_fn realloc; /**< NULL: realloc() and free() of the C library */
    void *user;                 /**< its first argument */
};

/** Returns NULL when memory runs out. The ids seen so far live as long as the object. */
struct aerogpu_text *aerogpu_text_create(const struct aerogpu_text_options *options);

/** NULL is fine. */
void aerogpu_text_destroy(struct aerogpu_text *text);

/** Writes the line of one packet to out; a packet too short for its opcode is printed as such. */
void aerogpu_text_packet(struct aerogpu_text *text, FILE *out, const struct aerogpu_packet *packet);

/** Writes the line that introduces submission number n: flags, fence, allocations. */
void aerogpu_text_submission(struct aerogpu_text *text, FILE *out, uint32_t n,
                             const struct aerogpu_capture_submission *submission);

/** Writes the line of a validator message, to follow the line of its packet. */
void aerogpu_text_message(struct aerogpu_text *text, FILE *out,
                          const struct aerogpu_message *message);

#endif
