/**
 * Objects in words: what the packet that creates an object says, as a JSON object in a pool. Each
 * function returns the number of the text.
 */
#ifndef REPLAY_DESCRIBE_H
#define REPLAY_DESCRIBE_H

#include <stdbool.h>
#include <stdint.h>

#include "aerogpu/decode.h"
#include "dxbc/scan.h"
#include "pool.h"
#include "stream/packets.h"

uint32_t describe_buffer(struct pool *pool, const struct aerogpu_cmd_create_buffer *cmd);
uint32_t describe_texture(struct pool *pool, const struct aerogpu_cmd_create_texture2d *cmd);
uint32_t describe_layout(struct pool *pool, const struct aerogpu_payload *payload);
uint32_t describe_sampler(struct pool *pool, const struct aerogpu_cmd_create_sampler *cmd);

/** Also what the program declares: *scan, if *has_scan. The container may be hostile. */
uint32_t describe_shader(struct pool *pool, const struct aerogpu_cmd_create_shader_dxbc *cmd,
                         const struct aerogpu_payload *payload, struct dxbc_scan *scan,
                         bool *has_scan);

/** Writes `,"name":"SYMBOL"`, or the number when the set has no name for it. */
void describe_symbol(FILE *out, const char *name, const struct symbol_set *set, uint32_t value);

#endif
