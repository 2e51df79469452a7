/**
 * Strict validator of AeroGPU command streams.
 *
 * It plays the pickiest host there is: whatever any published host rejects or silently mis-handles
 * is an error with a place and a sentence. It follows objects across submissions (one namespace for
 * the whole guest) and treats bound state as undefined at the start of every submission, so that a
 * driver which relies on state it did not send is caught. Rules: AeroGPU protocol specification,
 * sections 6, 7, 10, 17, 18; driver semantics, section 22; host semantics, sections 4, 5, 9.
 */
#ifndef AEROGPU_VALIDATE_H
#define AEROGPU_VALIDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aerogpu/memory.h"
#include "aerogpu_submit.h"

struct aerogpu_validator;

/** What went wrong, and where. All pointers live until the report function returns. */
struct aerogpu_message {
    uint32_t context_id; /**< of the submission, from a host; a validator knows none and says 0 */
    uint32_t packet_index;
    uint32_t offset_bytes; /**< of the packet, from the start of the stream */
    uint32_t opcode;
    const char *rule; /**< short stable name of the rule, e.g. "upload-partial-texture" */
    const char *text; /**< one sentence with the values, no newline */
};

typedef void (*aerogpu_report_fn)(void *user, const struct aerogpu_message *message);

struct aerogpu_validator_config {
    uint32_t device_abi_minor; /**< of the device played, e.g. 4 */
    uint64_t device_features;  /**< AEROGPU_FEATURE_* */
    bool has_texture_views;    /**< the host executes CREATE_TEXTURE_VIEW */
    bool keep_state;           /**< bound state survives submissions (default: undefined again) */
    bool
        allow_kernel_packets; /**< streams of the kernel driver pass, too: RELEASE_SHARED_SURFACE */
    bool any_allocations;     /**< the lists are not known, so nothing is asked of them */
    aerogpu_realloc_fn realloc; /**< NULL: realloc() and free() of the C library */
    aerogpu_report_fn report;   /**< NULL: errors are only counted */
    void *user;                 /**< first argument of both functions */
};

/** Kinds of live objects, for leak accounting. */
enum aerogpu_object_kind {
    AEROGPU_OBJECT_BUFFER,
    AEROGPU_OBJECT_TEXTURE,
    AEROGPU_OBJECT_VIEW,
    AEROGPU_OBJECT_SHADER,
    AEROGPU_OBJECT_LAYOUT,
    AEROGPU_OBJECT_SAMPLER,
    AEROGPU_OBJECT_KINDS,
};

/** Returns NULL when memory runs out. Destroy with aerogpu_validator_destroy. */
struct aerogpu_validator *aerogpu_validator_create(const struct aerogpu_validator_config *config);

/** NULL is fine. */
void aerogpu_validator_destroy(struct aerogpu_validator *validator);

/**
 * Validates one submission: a stream in at most capacity_bytes bytes, with the allocations its
 * table lists (entry_count entries, decoded; alloc_flags READONLY where the submission did not
 * announce a write). Returns the number of errors found; validation goes on after an error as well
 * as it can. Running out of memory is an error of rule "out-of-memory".
 */
uint32_t aerogpu_validator_submit(struct aerogpu_validator *validator, const void *bytes,
                                  size_t capacity_bytes, const struct aerogpu_alloc_entry *entries,
                                  uint32_t entry_count);

/** Number of live objects of a kind (an imported alias counts as one). */
uint32_t aerogpu_validator_live(const struct aerogpu_validator *validator,
                                enum aerogpu_object_kind kind);

/** A rule that streams are held to; static strings. */
struct aerogpu_rule {
    const char *name;        /**< as in aerogpu_message */
    const char *source;      /**< P protocol specification, S driver semantics, H host semantics */
    const char *description; /**< what holds in a valid stream */
};

/** Rule n, NULL beyond the last. */
const struct aerogpu_rule *aerogpu_rule_get(uint32_t n);

#endif
