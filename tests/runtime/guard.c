#include "runtime/guard.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/tap.h"

#ifdef _WIN32
#include <windows.h>
#else
#include <sys/mman.h>
#endif

#define GUARD_BYTES   64
#define GUARD_PATTERN 0xA5
#define PAGE_BYTES    4096

struct guard_block {
    uint8_t *base; /**< of the whole mapping or heap block */
    size_t base_bytes;
    uint8_t *bytes; /**< what the driver sees, between two guards */
    size_t size_bytes;
    bool has_pages;
    bool is_retired;
    bool is_hidden;
};

static void *map_pages(size_t size_bytes)
{
#ifdef _WIN32
    return VirtualAlloc(NULL, size_bytes, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
#else
    void *pages =
        mmap(NULL, size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return pages == MAP_FAILED ? NULL : pages;
#endif
}

static void unmap_pages(void *pages, size_t size_bytes)
{
#ifdef _WIN32
    (void)size_bytes;
    VirtualFree(pages, 0, MEM_RELEASE);
#else
    munmap(pages, size_bytes);
#endif
}

static void hide_pages(void *pages, size_t size_bytes)
{
#ifdef _WIN32
    DWORD old;

    VirtualProtect(pages, size_bytes, PAGE_NOACCESS, &old);
#else
    mprotect(pages, size_bytes, PROT_NONE);
#endif
}

static struct guard_block *create(size_t size_bytes, bool has_pages)
{
    /* Twice the pointer size and not a multiple of more: what a heap promises. */
    const size_t alignment = 2 * sizeof(void *);
    struct guard_block *block = calloc(1, sizeof(*block));
    uint8_t *start;

    if (block == NULL)
        tap_bail_out("out of memory");
    block->size_bytes = size_bytes;
    block->has_pages = has_pages;
    block->base_bytes = size_bytes + (size_t)2 * GUARD_BYTES + 4 * alignment;
    if (has_pages) {
        block->base_bytes = (block->base_bytes + PAGE_BYTES - 1) & ~(size_t)(PAGE_BYTES - 1);
        block->base = map_pages(block->base_bytes);
    } else {
        block->base = malloc(block->base_bytes);
    }
    if (block->base == NULL)
        tap_bail_out("out of memory");

    start = block->base + GUARD_BYTES;
    start += (2 * alignment - (uintptr_t)start % (2 * alignment)) % (2 * alignment);
    block->bytes = start + alignment;
    memset(block->base, GUARD_PATTERN, block->base_bytes);
    memset(block->bytes, GUARD_FRESH, size_bytes);
    return block;
}

struct guard_block *guard_create(size_t size_bytes)
{
    return create(size_bytes, false);
}

struct guard_block *guard_create_pages(size_t size_bytes)
{
    return create(size_bytes, true);
}

void *guard_bytes(const struct guard_block *block)
{
    return block->bytes;
}

size_t guard_size(const struct guard_block *block)
{
    return block->size_bytes;
}

/* Index of the first byte from start that differs from value; count if none does. */
static size_t first_difference(const uint8_t *start, size_t count, uint8_t value)
{
    size_t i = 0;

    /* The bulk of a large buffer is compared with itself, one byte on: memcmp is fast. */
    if (count > 1 && start[0] == value && memcmp(start, start + 1, count - 1) == 0)
        return count;
    while (i < count && start[i] == value)
        i++;
    return i;
}

bool guard_is_whole(const struct guard_block *block, ptrdiff_t *offset)
{
    const uint8_t *before = block->bytes - GUARD_BYTES;
    const uint8_t *after = block->bytes + block->size_bytes;
    size_t bad;

    if (block->is_hidden)
        return true;
    bad = first_difference(before, GUARD_BYTES, GUARD_PATTERN);
    if (bad < GUARD_BYTES) {
        if (offset != NULL)
            *offset = before + bad - block->bytes;
        return false;
    }
    bad = first_difference(after, GUARD_BYTES, GUARD_PATTERN);
    if (bad < GUARD_BYTES) {
        if (offset != NULL)
            *offset = after + bad - block->bytes;
        return false;
    }
    return true;
}

void guard_repair(struct guard_block *block)
{
    memset(block->bytes - GUARD_BYTES, GUARD_PATTERN, GUARD_BYTES);
    memset(block->bytes + block->size_bytes, GUARD_PATTERN, GUARD_BYTES);
}

void guard_retire(struct guard_block *block, bool hide)
{
    guard_repair(block);
    memset(block->bytes, GUARD_RETIRED, block->size_bytes);
    block->is_retired = true;
    if (hide && block->has_pages) {
        hide_pages(block->base, block->base_bytes);
        block->is_hidden = true;
    }
}

bool guard_is_untouched(const struct guard_block *block, ptrdiff_t *offset)
{
    size_t bad;

    if (!block->is_retired || block->is_hidden)
        return true;
    bad = first_difference(block->bytes, block->size_bytes, GUARD_RETIRED);
    if (bad < block->size_bytes) {
        if (offset != NULL)
            *offset = (ptrdiff_t)bad;
        return false;
    }
    return guard_is_whole(block, offset);
}

void guard_destroy(struct guard_block *block)
{
    if (block == NULL)
        return;
    if (block->has_pages)
        unmap_pages(block->base, block->base_bytes);
    else
        free(block->base);
    free(block);
}

#define QUEUE_LENGTH (sizeof(((struct guard_queue *)NULL)->blocks) / sizeof(struct guard_block *))

void guard_queue_add(struct guard_queue *queue, struct guard_block *block, const char *name,
                     bool hide)
{
    guard_retire(block, hide);
    guard_destroy(queue->blocks[queue->next]);
    queue->blocks[queue->next] = block;
    queue->names[queue->next] = name;
    queue->next = (queue->next + 1) % QUEUE_LENGTH;
}

const char *guard_queue_touched(struct guard_queue *queue, bool all, ptrdiff_t *offset)
{
    const unsigned count = all ? QUEUE_LENGTH : 1;

    for (unsigned i = 1; i <= count; i++) {
        const unsigned index = (queue->next + QUEUE_LENGTH - i) % QUEUE_LENGTH;
        struct guard_block *block = queue->blocks[index];

        if (block != NULL && !guard_is_untouched(block, offset)) {
            guard_repair(block);
            memset(block->bytes, GUARD_RETIRED, block->size_bytes);
            return queue->names[index];
        }
    }
    return NULL;
}

void guard_queue_finish(struct guard_queue *queue)
{
    for (unsigned i = 0; i < QUEUE_LENGTH; i++)
        guard_destroy(queue->blocks[i]);
    memset(queue, 0, sizeof(*queue));
}
