#include "core/update.h"

#include "core/copy.h"
#include "core/device.h"
#include "core/temporary.h"
#include "core/upload.h"

enum { WORD_MASK = 3 };

static enum result update_unknown(struct device *device, const struct resource *buffer,
                                  uint64_t begin, uint64_t end, const uint8_t *bytes)
{
    const uint64_t first = (begin + WORD_MASK) & ~(uint64_t)WORD_MASK;
    const uint64_t last = end == buffer->size_bytes ? end : end & ~(uint64_t)WORD_MASK;

    if (begin < first || last < end)
        ledger_count(&device->ledger, LEDGER_UPDATE_EDGES, NULL);
    if (first >= last)
        return RESULT_OK;
    return upload_range(device, buffer, first, bytes + (first - begin), last - first);
}

enum result update_buffer(struct device *device, struct resource *buffer,
                          const struct resource_box *box, const void *bytes)
{
    const uint64_t begin = box ? box->left : 0;
    const uint64_t end = box && box->right < buffer->size_bytes ? box->right : buffer->size_bytes;

    if (begin >= end)
        return RESULT_OK;
    shadow_write(&buffer->shadow, begin, bytes, end - begin);
    if (begin == 0 && end == buffer->size_bytes)
        return upload_buffer(device, buffer, bytes);
    if (buffer->shadow.is_known)
        return upload_from_shadow(device, buffer, begin, end);
    return update_unknown(device, buffer, begin, end, bytes);
}

static enum result refuse(struct device *device)
{
    ledger_count(&device->ledger, LEDGER_UPDATE_BOX, NULL);
    return RESULT_UNSUPPORTED;
}

static enum result update_by_copy(struct device *device, struct resource *texture,
                                  uint32_t subresource, const struct resource_box *box,
                                  const struct resource_data *data)
{
    struct resource between;
    uint32_t mip;
    enum result result;

    if (format_find(texture->format)->kind == FORMAT_DEPTH || !copy_is_possible(device))
        return refuse(device);
    result = temporary_texture_init(device, &between, texture, box->right - box->left,
                                    box->bottom - box->top, &mip);
    if (result != RESULT_OK)
        return result == RESULT_DEVICE_REMOVED ? result : refuse(device);
    result = upload_subresource(device, &between, mip, data);
    if (result == RESULT_OK)
        result = copy_region(device, &(struct copy_region){ .target = texture,
                                                            .source = &between,
                                                            .target_subresource = subresource,
                                                            .source_subresource = mip,
                                                            .x = box->left,
                                                            .y = box->top });
    else if (result != RESULT_DEVICE_REMOVED)
        result = refuse(device);
    resource_finish(device, &between);
    return result;
}

/* Whole blocks, or up to the edge. */
static bool cuts_blocks(const struct resource_box *box, const struct texture_subresource *at,
                        uint32_t side)
{
    return box->left % side || box->top % side || (box->right % side && box->right != at->width) ||
           (box->bottom % side && box->bottom != at->height);
}

static bool are_rows_too_short(const struct resource_box *box, const struct texture_layout *layout,
                               const struct resource_data *data)
{
    const uint32_t side = layout->block_side;
    const uint32_t columns = (box->right - box->left + side - 1) / side;
    const uint32_t rows = (box->bottom - box->top + side - 1) / side;

    return rows > 1 && data->row_pitch_bytes < columns * layout->block_bytes;
}

enum result update_texture(struct device *device, struct resource *texture, uint32_t subresource,
                           const struct resource_box *box, const struct resource_data *data)
{
    const struct texture_subresource at = texture_subresource_at(&texture->layout, subresource);
    struct resource_box part = { 0, 0, at.width, at.height };
    bool is_whole;

    if (box) {
        part.left = box->left;
        part.top = box->top;
        part.right = box->right < at.width ? box->right : at.width;
        part.bottom = box->bottom < at.height ? box->bottom : at.height;
    }
    if (part.left >= part.right || part.top >= part.bottom)
        return RESULT_OK;
    if (cuts_blocks(&part, &at, texture->layout.block_side) ||
        are_rows_too_short(&part, &texture->layout, data))
        return RESULT_INVALID;
    is_whole =
        part.left == 0 && part.top == 0 && part.right == at.width && part.bottom == at.height;
    if (is_whole && !resource_is_guest_backed(texture))
        return upload_subresource(device, texture, subresource, data);
    return update_by_copy(device, texture, subresource, &part, data);
}
