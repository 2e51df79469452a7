/**
 * What a capture's packets created, in order: every object with its packets of birth and death, and
 * what is known of its contents. It follows the packets alone, so it is there for captures that are
 * not executed, too. Handles: AeroGPU protocol specification 3.1, 6.9 (aliases).
 */
#ifndef REPLAY_INVENTORY_H
#define REPLAY_INVENTORY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "aerogpu/decode.h"
#include "dxbc/scan.h"
#include "pool.h"
#include "stream/id_map.h"

/** No packet, no object. */
#define NUMBER_NONE 0xFFFFFFFFu

enum thing_kind {
    THING_BUFFER,
    THING_TEXTURE,
    THING_SHADER,
    THING_LAYOUT,
    THING_SAMPLER,
    THING_KINDS,
};

/** One object of the stream. */
struct thing {
    enum thing_kind kind;
    uint32_t handle;                /**< the original */
    uint32_t living_handle;         /**< the one it was named by last */
    uint32_t created, destroyed;    /**< packets of the report, NUMBER_NONE: not */
    uint32_t handle_count;          /**< original and aliases that live */
    uint32_t details;               /**< JSON object of what its packet says, in the pool */
    uint32_t format, width, height; /**< textures */
    uint64_t size_bytes;            /**< buffers */
    struct dxbc_scan *scan;         /**< shaders that can be read; else NULL */

    /* Contents as they were seen last. */
    bool is_stale;       /**< changed since, or never seen */
    bool has_guest_news; /**< guest memory that the host has not read yet, as far as is known */
    bool is_backed;      /**< by guest memory */
    bool is_blank;       /**< host-owned and untouched since its creation, but for GPU work */
    uint32_t picture;    /**< PICTURE_NONE: none */
    uint32_t preview;    /**< first bytes of a buffer, in the pool */
    uint8_t *texels;     /**< of a texture's mip 0, layer 0; NULL: unknown */
    size_t texels_bytes;
};

/** Zero it to begin, but for pool. */
struct inventory {
    struct pool *pool;
    struct thing *things;
    uint32_t count, capacity;
    struct id_map handles; /**< to number + 1; 0: dead */
    struct id_map tokens;  /**< of shared surfaces, likewise */
    size_t texels_bytes;   /**< of all things */
};

/**
 * Notes what packet number `number` of the report created, destroyed or changed. Packets that do
 * not hold what their opcode promises are left alone.
 */
void inventory_packet(struct inventory *inventory, uint32_t number,
                      const struct aerogpu_packet *packet);

/** The living object that a packet names, NULL if there is none. Valid until the next packet. */
struct thing *inventory_find(const struct inventory *inventory, uint32_t handle);

/** Its number, NUMBER_NONE for NULL. */
uint32_t inventory_number(const struct inventory *inventory, const struct thing *thing);

/** Keeps the texels of a texture (malloc()ed, taken over) for comparison, if there is room. */
void inventory_keep_texels(struct inventory *inventory, struct thing *thing, uint8_t *texels,
                           size_t size_bytes);

/** Writes all objects as one JSON array. */
void inventory_write(const struct inventory *inventory, FILE *out);

void inventory_finish(struct inventory *inventory);

#endif
