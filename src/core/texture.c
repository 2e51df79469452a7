#include "core/texture.h"

static uint32_t mip_side(uint32_t side, uint32_t mip)
{
    const uint32_t shifted = side >> mip;

    return shifted ? shifted : 1;
}

static uint32_t blocks(uint32_t texels, uint32_t block_side)
{
    return (texels + block_side - 1) / block_side;
}

uint32_t texture_full_chain(uint32_t width, uint32_t height)
{
    uint32_t side = width > height ? width : height;
    uint32_t mips = 1;

    while (side >>= 1)
        mips++;
    return mips;
}

static struct texture_subresource mip_of_layer_0(const struct texture_layout *layout, uint32_t mip)
{
    struct texture_subresource at = {
        .width = mip_side(layout->width, mip),
        .height = mip_side(layout->height, mip),
    };

    at.row_bytes = blocks(at.width, layout->block_side) * layout->block_bytes;
    at.rows = blocks(at.height, layout->block_side);
    at.row_pitch_bytes = mip == 0 ? layout->row_pitch_bytes : at.row_bytes;
    at.size_bytes = (uint64_t)at.row_pitch_bytes * at.rows;
    return at;
}

bool texture_layout_set_pitch(struct texture_layout *layout, uint32_t row_pitch_bytes)
{
    struct texture_layout changed = *layout;

    changed.row_pitch_bytes = row_pitch_bytes;
    changed.layer_bytes = 0;
    for (uint32_t mip = 0; mip < changed.mip_levels; mip++)
        changed.layer_bytes += mip_of_layer_0(&changed, mip).size_bytes;
    changed.total_bytes = changed.layer_bytes * changed.array_layers;
    if (row_pitch_bytes < mip_of_layer_0(&changed, 0).row_bytes ||
        changed.total_bytes > TEXTURE_MAX_BYTES)
        return false;
    *layout = changed;
    return true;
}

bool texture_layout_init(struct texture_layout *layout, const struct format_row *format,
                         uint32_t width, uint32_t height, uint32_t mip_levels,
                         uint32_t array_layers)
{
    const uint32_t align = TEXTURE_PITCH_ALIGNMENT - 1;
    uint32_t tight_bytes;

    *layout = (struct texture_layout){ 0 };
    if (width == 0 || height == 0 || array_layers == 0 || width > TEXTURE_MAX_SIDE ||
        height > TEXTURE_MAX_SIDE || array_layers > TEXTURE_MAX_LAYERS)
        return false;
    if (mip_levels > texture_full_chain(width, height))
        return false;
    layout->width = width;
    layout->height = height;
    layout->mip_levels = mip_levels ? mip_levels : texture_full_chain(width, height);
    layout->array_layers = array_layers;
    layout->block_bytes = format->block_bytes;
    layout->block_side = format_block_side(format);
    tight_bytes = blocks(width, layout->block_side) * layout->block_bytes;
    return texture_layout_set_pitch(layout, (tight_bytes + align) & ~align);
}

struct texture_subresource texture_subresource_at(const struct texture_layout *layout,
                                                  uint32_t index)
{
    const uint32_t mip = index % layout->mip_levels;
    struct texture_subresource at = mip_of_layer_0(layout, mip);

    at.offset_bytes = index / layout->mip_levels * layout->layer_bytes;
    for (uint32_t before = 0; before < mip; before++)
        at.offset_bytes += mip_of_layer_0(layout, before).size_bytes;
    return at;
}
