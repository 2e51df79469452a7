#include "core/copy_buffer.h"

#include "core/device.h"
#include "core/temporary.h"
#include "core/upload.h"
#include "stream/emit.h"

enum { WORD = 4 };

static uint64_t words_up(uint64_t bytes)
{
    return (bytes + WORD - 1) & ~(uint64_t)(WORD - 1);
}

static uint64_t words_down(uint64_t bytes)
{
    return bytes & ~(uint64_t)(WORD - 1);
}

/* Whole words from one buffer to another. */
static enum result copy_words(struct device *device, const struct copy_bytes *copy)
{
    struct wddm_queue *queue = &device->queue;
    const struct stream_buffer_copy packet = {
        .target = copy->target->handle,
        .source = copy->source->handle,
        .target_offset_bytes = copy->target_offset,
        .source_offset_bytes = copy->source_offset,
        .size_bytes = copy->size_bytes,
    };
    const enum result result = wddm_queue_reserve(queue, sizeof(struct aerogpu_cmd_copy_buffer), 2);

    if (result != RESULT_OK)
        return result;
    resource_list(queue, copy->target, WDDM_LIST_WRITE);
    resource_list(queue, copy->source, 0);
    stream_copy_buffer(&queue->stream, &packet);
    return RESULT_OK;
}

/* Hosts refuse copies within one buffer (driver semantics 22.5). */
static enum result copy_words_within(struct device *device, const struct copy_bytes *copy)
{
    struct resource between;
    enum result result = temporary_buffer_init(device, &between, copy->size_bytes);

    if (result != RESULT_OK)
        return result;
    result = copy_words(device, &(struct copy_bytes){ .target = &between,
                                                      .source = copy->source,
                                                      .source_offset = copy->source_offset,
                                                      .size_bytes = copy->size_bytes });
    if (result == RESULT_OK)
        result = copy_words(device, &(struct copy_bytes){ .target = copy->target,
                                                          .source = &between,
                                                          .target_offset = copy->target_offset,
                                                          .size_bytes = copy->size_bytes });
    resource_finish(device, &between);
    return result;
}

/* The words [first, last) of the target, as the source has them. */
static enum result copy_inner(struct device *device, const struct copy_bytes *copy, uint64_t first,
                              uint64_t last)
{
    const struct copy_bytes inner = {
        .target = copy->target,
        .source = copy->source,
        .target_offset = first,
        .source_offset = copy->source_offset + (first - copy->target_offset),
        .size_bytes = last - first,
    };

    return copy->target == copy->source ? copy_words_within(device, &inner)
                                        : copy_words(device, &inner);
}

/* What is left beside the words [first, last), from the target's shadow, which has it already. */
static enum result upload_ends(struct device *device, const struct copy_bytes *copy, uint64_t first,
                               uint64_t last)
{
    const uint64_t begin = copy->target_offset, end = begin + copy->size_bytes;
    enum result result = RESULT_OK;

    if (first > last) /* inside of one word */
        return upload_from_shadow(device, copy->target, begin, end);
    if (begin < first)
        result = upload_from_shadow(device, copy->target, begin, first);
    if (result == RESULT_OK && last < end)
        result = upload_from_shadow(device, copy->target, last, end);
    return result;
}

/* Bytes that lie in other places of their words: whole words can be uploaded, if they are known. */
static enum result upload_inner(struct device *device, const struct copy_bytes *copy,
                                uint64_t first, uint64_t last)
{
    const uint8_t *known = shadow_bytes(&copy->source->shadow);

    if (last > copy->target_offset + copy->size_bytes)
        last = copy->target_offset + copy->size_bytes; /* which is the buffer's end */
    if (!known || first >= last)
        return RESULT_OK;
    return upload_range(device, copy->target, first,
                        known + copy->source_offset + (first - copy->target_offset), last - first);
}

/* Target and source lie differently in their words. */
static enum result copy_shifted(struct device *device, const struct copy_bytes *copy,
                                uint64_t first, uint64_t last)
{
    const uint64_t begin = copy->target_offset, end = begin + copy->size_bytes;
    const bool is_known = copy->source->shadow.is_known;

    if (is_known && copy->target->shadow.is_known) {
        shadow_copy(&copy->target->shadow, begin, &copy->source->shadow, copy->source_offset,
                    copy->size_bytes);
        if (copy->target->shadow.is_known)
            return upload_from_shadow(device, copy->target, begin, end);
    }
    if (!is_known || begin < first || last < end)
        ledger_count(&device->ledger, LEDGER_COPY_EDGES, NULL);
    if (is_known)
        shadow_drop(&copy->target->shadow);
    return upload_inner(device, copy, first, last);
}

/* Target and source lie alike in their words. */
static enum result copy_aligned(struct device *device, const struct copy_bytes *copy,
                                uint64_t first, uint64_t last)
{
    const uint64_t begin = copy->target_offset, end = begin + copy->size_bytes;
    enum result result = RESULT_OK;

    if (first < last)
        result = copy_inner(device, copy, first, last);
    if (result != RESULT_OK)
        return result;
    shadow_copy(&copy->target->shadow, begin, &copy->source->shadow, copy->source_offset,
                copy->size_bytes);
    if (begin == first && last >= end)
        return RESULT_OK;
    if (copy->target->shadow.is_known)
        return upload_ends(device, copy, first, last);
    ledger_count(&device->ledger, LEDGER_COPY_EDGES, NULL);
    return RESULT_OK;
}

enum result copy_buffer_bytes(struct device *device, const struct copy_bytes *copy)
{
    const uint64_t begin = copy->target_offset, end = begin + copy->size_bytes;
    const uint64_t first = words_up(begin);
    /* Behind a buffer's end its last word is filled up, and nobody looks. */
    const uint64_t last = end == copy->target->size_bytes ? words_up(end) : words_down(end);

    if ((begin - copy->source_offset) % WORD == 0)
        return copy_aligned(device, copy, first, last);
    return copy_shifted(device, copy, first, last);
}
