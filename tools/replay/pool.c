#include "pool.h"

#include <stdlib.h>
#include <string.h>

/* What a browser takes without complaint. */
#define POOL_MAX_BYTES ((size_t)96 << 20)

struct pool_text {
    uint64_t hash;
    char *text;
    size_t size_bytes;
};

bool pool_begin(struct pool_draft *draft)
{
    draft->text = NULL;
    draft->out = open_memstream(&draft->text, &draft->size_bytes);
    return draft->out != NULL;
}

static uint64_t hash_of(const char *text, size_t size_bytes)
{
    uint64_t hash = 0xCBF29CE484222325u;

    for (size_t i = 0; i < size_bytes; i++)
        hash = (hash ^ (uint8_t)text[i]) * 0x100000001B3u;
    return hash;
}

/* The bucket that holds an equal text, or the empty one where it belongs. */
static uint32_t *find(const struct pool *pool, uint64_t hash, const char *text, size_t size_bytes)
{
    uint32_t at = (uint32_t)hash & (pool->bucket_count - 1);

    while (pool->buckets[at] != POOL_NULL) {
        const struct pool_text *other = &pool->texts[pool->buckets[at]];

        if (other->hash == hash && other->size_bytes == size_bytes &&
            memcmp(other->text, text, size_bytes) == 0)
            break;
        at = (at + 1) & (pool->bucket_count - 1);
    }
    return &pool->buckets[at];
}

/* Room for one more text and half-empty buckets; text 0 is never used. */
static bool grow(struct pool *pool)
{
    const uint32_t capacity = pool->capacity ? pool->capacity * 2 : 64;
    struct pool_text *texts;
    uint32_t *buckets;

    if (pool->count < pool->capacity)
        return true;
    texts = realloc(pool->texts, capacity * sizeof(*texts));
    if (!texts)
        return false;
    pool->texts = texts;
    buckets = calloc((size_t)capacity * 2, sizeof(*buckets));
    if (!buckets)
        return false;
    free(pool->buckets);
    pool->buckets = buckets;
    pool->bucket_count = capacity * 2;
    pool->capacity = capacity;
    if (pool->count == 0)
        pool->texts[pool->count++] = (struct pool_text){ .text = NULL };
    for (uint32_t i = 1; i < pool->count; i++)
        *find(pool, texts[i].hash, texts[i].text, texts[i].size_bytes) = i;
    return true;
}

static uint32_t add(struct pool *pool, char *text, size_t size_bytes)
{
    const uint64_t hash = hash_of(text, size_bytes);
    uint32_t *bucket;

    if (!grow(pool)) {
        pool->is_full = true;
        return POOL_NULL;
    }
    bucket = find(pool, hash, text, size_bytes);
    if (*bucket != POOL_NULL)
        return *bucket;
    if (size_bytes > POOL_MAX_BYTES - pool->size_bytes) {
        pool->is_full = true;
        return POOL_NULL;
    }
    pool->texts[pool->count] =
        (struct pool_text){ .hash = hash, .text = strdup(text), .size_bytes = size_bytes };
    if (!pool->texts[pool->count].text) {
        pool->is_full = true;
        return POOL_NULL;
    }
    pool->size_bytes += size_bytes;
    *bucket = pool->count;
    return pool->count++;
}

uint32_t pool_end(struct pool *pool, struct pool_draft *draft)
{
    uint32_t number = POOL_NULL;

    if (fclose(draft->out) == 0)
        number = add(pool, draft->text, draft->size_bytes);
    else
        pool->is_full = true;
    free(draft->text);
    return number;
}

void pool_write(const struct pool *pool, FILE *out)
{
    fputs("[null", out);
    for (uint32_t i = 1; i < pool->count; i++)
        fprintf(out, ",\n%s", pool->texts[i].text);
    fputs("]", out);
}

void pool_finish(struct pool *pool)
{
    for (uint32_t i = 1; i < pool->count; i++)
        free(pool->texts[i].text);
    free(pool->texts);
    free(pool->buckets);
}
