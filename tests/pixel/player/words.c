#include "words.h"

#include <stdio.h>
#include <string.h>

#include "api.h"

const struct px_word px_stages[] = {
    { "vs", PX_VS }, { "ps", PX_PS }, { "gs", PX_GS }, { "cs", PX_CS }, { NULL, 0 },
};

const struct px_word px_usages[] = {
    { "default", PX_USAGE_DEFAULT },
    { "immutable", PX_USAGE_IMMUTABLE },
    { "dynamic", PX_USAGE_DYNAMIC },
    { "staging", PX_USAGE_STAGING },
    { NULL, 0 },
};

const struct px_word px_binds[] = {
    { "vertex-buffer", PX_BIND_VERTEX_BUFFER },
    { "index-buffer", PX_BIND_INDEX_BUFFER },
    { "constant-buffer", PX_BIND_CONSTANT_BUFFER },
    { "shader-resource", PX_BIND_SHADER_RESOURCE },
    { "render-target", PX_BIND_RENDER_TARGET },
    { "depth-stencil", PX_BIND_DEPTH_STENCIL },
    { "unordered-access", PX_BIND_UNORDERED_ACCESS },
    { NULL, 0 },
};

const struct px_word px_topologies[] = {
    { "point-list", 1 },          { "line-list", 2 },
    { "line-strip", 3 },          { "triangle-list", 4 },
    { "triangle-strip", 5 },      { "line-list-adj", 10 },
    { "line-strip-adj", 11 },     { "triangle-list-adj", 12 },
    { "triangle-strip-adj", 13 }, { NULL, 0 },
};

const struct px_word px_factors[] = {
    { "zero", 1 },
    { "one", 2 },
    { "src-color", 3 },
    { "inv-src-color", 4 },
    { "src-alpha", 5 },
    { "inv-src-alpha", 6 },
    { "dest-alpha", 7 },
    { "inv-dest-alpha", 8 },
    { "dest-color", 9 },
    { "inv-dest-color", 10 },
    { "src-alpha-sat", 11 },
    { "factor", 14 },
    { "inv-factor", 15 },
    { "src1-color", 16 },
    { "inv-src1-color", 17 },
    { "src1-alpha", 18 },
    { "inv-src1-alpha", 19 },
    { NULL, 0 },
};

const struct px_word px_blend_ops[] = {
    { "add", 1 }, { "subtract", 2 }, { "rev-subtract", 3 }, { "min", 4 }, { "max", 5 }, { NULL, 0 },
};

const struct px_word px_funcs[] = {
    { "never", 1 },         { "less", 2 },    { "equal", 3 },
    { "less-equal", 4 },    { "greater", 5 }, { "not-equal", 6 },
    { "greater-equal", 7 }, { "always", 8 },  { NULL, 0 },
};

const struct px_word px_stencil_ops[] = {
    { "keep", 1 },   { "zero", 2 }, { "replace", 3 }, { "incr-sat", 4 }, { "decr-sat", 5 },
    { "invert", 6 }, { "incr", 7 }, { "decr", 8 },    { NULL, 0 },
};

const struct px_word px_fills[] = { { "wireframe", 2 }, { "solid", 3 }, { NULL, 0 } };

const struct px_word px_culls[] = { { "none", 1 }, { "front", 2 }, { "back", 3 }, { NULL, 0 } };

const struct px_word px_address_modes[] = {
    { "wrap", 1 },   { "mirror", 2 },      { "clamp", 3 },
    { "border", 4 }, { "mirror-once", 5 }, { NULL, 0 },
};

const struct px_word px_filters[] = { { "point", 0 }, { "linear", 1 }, { NULL, 0 } };

const struct px_word px_maps[] = {
    { "discard", PX_MAP_DISCARD },
    { "no-overwrite", PX_MAP_NO_OVERWRITE },
    { "write", PX_MAP_WRITE },
    { NULL, 0 },
};

const struct px_word px_queries[] = {
    { "event", PX_QUERY_EVENT },
    { "occlusion", PX_QUERY_OCCLUSION },
    { "occlusion-predicate", PX_QUERY_OCCLUSION_PREDICATE },
    { NULL, 0 },
};

const struct px_word px_formats[] = {
    { "r32g32b32a32_float", 2 },
    { "r32g32b32a32_uint", 3 },
    { "r32g32b32a32_sint", 4 },
    { "r32g32b32_float", 6 },
    { "r32g32b32_uint", 7 },
    { "r32g32b32_sint", 8 },
    { "r16g16b16a16_float", 10 },
    { "r16g16b16a16_unorm", 11 },
    { "r16g16b16a16_uint", 12 },
    { "r16g16b16a16_snorm", 13 },
    { "r16g16b16a16_sint", 14 },
    { "r32g32_float", 16 },
    { "r32g32_uint", 17 },
    { "r32g32_sint", 18 },
    { "r10g10b10a2_unorm", 24 },
    { "r8g8b8a8_typeless", 27 },
    { "r8g8b8a8_unorm", 28 },
    { "r8g8b8a8_unorm_srgb", 29 },
    { "r8g8b8a8_uint", 30 },
    { "r8g8b8a8_snorm", 31 },
    { "r8g8b8a8_sint", 32 },
    { "r16g16_float", 34 },
    { "r16g16_unorm", 35 },
    { "r16g16_uint", 36 },
    { "r16g16_snorm", 37 },
    { "r16g16_sint", 38 },
    { "r32_typeless", 39 },
    { "d32_float", 40 },
    { "r32_float", 41 },
    { "r32_uint", 42 },
    { "r32_sint", 43 },
    { "r24g8_typeless", 44 },
    { "d24_unorm_s8_uint", 45 },
    { "r24_unorm_x8_typeless", 46 },
    { "r8g8_unorm", 49 },
    { "r8g8_uint", 50 },
    { "r8g8_snorm", 51 },
    { "r8g8_sint", 52 },
    { "r16_float", 54 },
    { "d16_unorm", 55 },
    { "r16_unorm", 56 },
    { "r16_uint", 57 },
    { "r16_snorm", 58 },
    { "r16_sint", 59 },
    { "r8_unorm", 61 },
    { "r8_uint", 62 },
    { "bc1_typeless", 70 },
    { "bc1_unorm", 71 },
    { "bc1_unorm_srgb", 72 },
    { "bc2_typeless", 73 },
    { "bc2_unorm", 74 },
    { "bc2_unorm_srgb", 75 },
    { "bc3_typeless", 76 },
    { "bc3_unorm", 77 },
    { "bc3_unorm_srgb", 78 },
    { "b5g6r5_unorm", 85 },
    { "b5g5r5a1_unorm", 86 },
    { "b8g8r8a8_unorm", 87 },
    { "b8g8r8x8_unorm", 88 },
    { "b8g8r8a8_typeless", 90 },
    { "b8g8r8a8_unorm_srgb", 91 },
    { "b8g8r8x8_typeless", 92 },
    { "b8g8r8x8_unorm_srgb", 93 },
    { "bc7_typeless", 97 },
    { "bc7_unorm", 98 },
    { "bc7_unorm_srgb", 99 },
    { NULL, 0 },
};

bool px_word_find(const struct px_word *table, const char *name, uint32_t *value)
{
    for (; table->name; table++) {
        if (strcmp(table->name, name) == 0) {
            *value = table->value;
            return true;
        }
    }
    return false;
}

const char *px_word_list(const struct px_word *table, char *text, uint32_t size_bytes)
{
    size_t used = 0;

    text[0] = '\0';
    for (; table->name && used < size_bytes; table++)
        used +=
            (size_t)snprintf(text + used, size_bytes - used, "%s%s", used ? ", " : "", table->name);
    return text;
}
