/**
 * Guarded memory: what the runtime and the kernel lend to a driver. Each block has exactly the size
 * asked for, is filled with 0xCD, and has guard bytes on both sides. A retired block is filled with
 * 0xDD and watched for a while, so that a late write is seen; it can also be made inaccessible, so
 * that even a late read ends the program on the spot.
 */
#ifndef RUNTIME_GUARD_H
#define RUNTIME_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    GUARD_FRESH = 0xCD,   /**< contents of new memory */
    GUARD_RETIRED = 0xDD, /**< contents of memory taken back */
};

struct guard_block;

/**
 * Returns a block of size_bytes bytes (0 is fine). The address is a multiple of twice the pointer
 * size and of nothing larger, as heap memory may be. Never returns NULL.
 */
struct guard_block *guard_create(size_t size_bytes);

/** The same in pages of its own, which can be hidden when the block is retired. */
struct guard_block *guard_create_pages(size_t size_bytes);

/** The block's memory; valid until guard_retire or guard_destroy. */
void *guard_bytes(const struct guard_block *block);
size_t guard_size(const struct guard_block *block);

/** True while both guards are whole. *offset is the distance of the first bad byte from the start
 * of the memory: negative before it, at least its size after it. offset may be NULL. */
bool guard_is_whole(const struct guard_block *block, ptrdiff_t *offset);

/** Makes the guards whole again, so that one write is told once. */
void guard_repair(struct guard_block *block);

/** Takes the memory back: fills it with 0xDD; hide makes a block of pages inaccessible as well. */
void guard_retire(struct guard_block *block, bool hide);

/** False if somebody wrote into a retired block that is not hidden. */
bool guard_is_untouched(const struct guard_block *block, ptrdiff_t *offset);

/** NULL is fine. */
void guard_destroy(struct guard_block *block);

/** A bounded queue of retired blocks: the oldest is given up when a new one comes. */
struct guard_queue {
    struct guard_block *blocks[32];
    const char *names[32]; /**< static strings: what each block was */
    unsigned next;
};

/** Retires block and watches it from now on; name is a static string. */
void guard_queue_add(struct guard_queue *queue, struct guard_block *block, const char *name,
                     bool hide);

/**
 * Looks at the queue, the newest block alone unless all is set. Returns the name of a block
 * somebody wrote into and restores it, so that each write is told once; NULL: none.
 */
const char *guard_queue_touched(struct guard_queue *queue, bool all, ptrdiff_t *offset);

void guard_queue_finish(struct guard_queue *queue);

#endif
