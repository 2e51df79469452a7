/**
 * Prints streams and captures with what is wrong in them: the work of aerogpu-dump without its
 * command line.
 */
#ifndef TOOLS_DUMP_DUMP_H
#define TOOLS_DUMP_DUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct dump_options {
    bool json;
    bool stable_ids;
    bool offsets;
    bool shaders; /**< below each shader its program as text */
    bool no_validate;
    bool keep_state; /**< see aerogpu_validator_config */
    bool has_texture_views;
    uint32_t device_abi_minor;
    uint64_t device_features;
};

enum dump_result {
    DUMP_CLEAN = 0,
    DUMP_INVALID = 1,    /**< errors were printed in place */
    DUMP_UNREADABLE = 2, /**< no stream or capture, damaged, or no memory; said on stderr */
};

/** Prints a raw stream (magic ACMD) or a capture, told apart by their first bytes. name is for
 * stderr. */
enum dump_result dump_file(const struct dump_options *options, FILE *out, const char *name,
                           const void *bytes, size_t size_bytes);

#endif
