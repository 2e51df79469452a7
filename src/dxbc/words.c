#include "dxbc/words.h"

#include <string.h>

#include "dxbc/tokens.h"

const struct dxbc_word dxbc_words_dimension[] = {
    { "buffer", 1 },
    { "texture1d", 2 },
    { "texture2d", 3 },
    { "texture2dms", 4 },
    { "texture3d", 5 },
    { "texturecube", 6 },
    { "texture1darray", 7 },
    { "texture2darray", 8 },
    { "texture2dmsarray", 9 },
    { "texturecubearray", 10 },
    { "raw_buffer", 11 },
    { "structured_buffer", 12 },
    { NULL, 0 },
};

const struct dxbc_word dxbc_words_return_type[] = {
    { "unorm", 1 }, { "snorm", 2 },  { "sint", 3 },        { "uint", 4 },   { "float", 5 },
    { "mixed", 6 }, { "double", 7 }, { "<continued>", 8 }, { "unused", 9 }, { NULL, 0 },
};

const struct dxbc_word dxbc_words_system_value[] = {
    { "undefined", 0 },
    { "position", 1 },
    { "clip_distance", 2 },
    { "cull_distance", 3 },
    { "rendertarget_array_index", 4 },
    { "viewport_array_index", 5 },
    { "vertex_id", 6 },
    { "primitive_id", 7 },
    { "instance_id", 8 },
    { "is_front_face", 9 },
    { "sampleIndex", 10 },
    { "finalQuadUeq0EdgeTessFactor", 11 },
    { "finalQuadVeq0EdgeTessFactor", 12 },
    { "finalQuadUeq1EdgeTessFactor", 13 },
    { "finalQuadVeq1EdgeTessFactor", 14 },
    { "finalQuadUInsideTessFactor", 15 },
    { "finalQuadVInsideTessFactor", 16 },
    { "finalTriUeq0EdgeTessFactor", 17 },
    { "finalTriVeq0EdgeTessFactor", 18 },
    { "finalTriWeq0EdgeTessFactor", 19 },
    { "finalTriInsideTessFactor", 20 },
    { "finalLineDetailTessFactor", 21 },
    { "finalLineDensityTessFactor", 22 },
    { NULL, 0 },
};

static const struct dxbc_word words_saturate[] = { { "", 0 }, { "_sat", 1u << 13 }, { NULL, 0 } };
static const struct dxbc_word words_test[] = { { "_z", 0 }, { "_nz", 1u << 18 }, { NULL, 0 } };
static const struct dxbc_word words_resinfo[] = {
    { "", 0 }, { "_rcpFloat", 1u << 11 }, { "_uint", 2u << 11 }, { NULL, 0 }
};
static const struct dxbc_word words_sampleinfo[] = { { "", 0 },
                                                     { "_uint", 1u << 11 },
                                                     { NULL, 0 } };
static const struct dxbc_word words_sync[] = {
    { "_uglobal", 1u << 14 },
    { "_ugroup", 1u << 13 },
    { "_g", 1u << 12 },
    { "_t", 1u << 11 },
    { NULL, 0 },
};
static const struct dxbc_word words_dimension[] = {
    { "_buffer", 1u << 11 },
    { "_texture1d", 2u << 11 },
    { "_texture2d", 3u << 11 },
    { "_texture2dms", 4u << 11 },
    { "_texture3d", 5u << 11 },
    { "_texturecube", 6u << 11 },
    { "_texture1darray", 7u << 11 },
    { "_texture2darray", 8u << 11 },
    { "_texture2dmsarray", 9u << 11 },
    { "_texturecubearray", 10u << 11 },
    { NULL, 0 },
};
static const struct dxbc_word words_coherent[] = { { "_glc", 1u << 16 }, { NULL, 0 } };
static const struct dxbc_word words_uav[] = { { "_glc", 1u << 16 },
                                              { "_opc", 1u << 23 },
                                              { NULL, 0 } };
static const struct dxbc_word words_interpolation[] = {
    { "", 0 },
    { "constant", 1u << 11 },
    { "linear", 2u << 11 },
    { "linear centroid", 3u << 11 },
    { "linear noperspective", 4u << 11 },
    { "linear noperspective centroid", 5u << 11 },
    { "linear sample", 6u << 11 },
    { "linear noperspective sample", 7u << 11 },
    { NULL, 0 },
};
static const struct dxbc_word words_sampler[] = {
    { "mode_default", 0 }, { "mode_comparison", 1u << 11 }, { "mode_mono", 2u << 11 }, { NULL, 0 }
};
static const struct dxbc_word words_access[] = { { "immediateIndexed", 0 },
                                                 { "dynamicIndexed", 1u << 11 },
                                                 { NULL, 0 } };
static const struct dxbc_word words_global_flags[] = {
    { "refactoringAllowed", 1u << 11 },
    { "enableDoublePrecisionFloatOps", 1u << 12 },
    { "forceEarlyDepthStencil", 1u << 13 },
    { "enableRawAndStructuredBuffers", 1u << 14 },
    { "skipOptimization", 1u << 15 },
    { "enableMinimumPrecision", 1u << 16 },
    { "enable11_1DoubleExtensions", 1u << 17 },
    { "enable11_1ShaderExtensions", 1u << 18 },
    { NULL, 0 },
};
static const struct dxbc_word words_primitive[] = {
    { "point", 1u << 11 },   { "line", 2u << 11 },        { "triangle", 3u << 11 },
    { "lineadj", 6u << 11 }, { "triangleadj", 7u << 11 }, { NULL, 0 },
};
static const struct dxbc_word words_topology[] = {
    { "pointlist", 1u << 11 },          { "linelist", 2u << 11 },
    { "linestrip", 3u << 11 },          { "trianglelist", 4u << 11 },
    { "trianglestrip", 5u << 11 },      { "linelist_adj", 10u << 11 },
    { "linestrip_adj", 11u << 11 },     { "trianglelist_adj", 12u << 11 },
    { "trianglestrip_adj", 13u << 11 }, { NULL, 0 },
};
static const struct dxbc_word words_domain[] = { { "domain_isoline", 1u << 11 },
                                                 { "domain_tri", 2u << 11 },
                                                 { "domain_quad", 3u << 11 },
                                                 { NULL, 0 } };
static const struct dxbc_word words_partitioning[] = {
    { "partitioning_integer", 1u << 11 },
    { "partitioning_pow2", 2u << 11 },
    { "partitioning_fractional_odd", 3u << 11 },
    { "partitioning_fractional_even", 4u << 11 },
    { NULL, 0 },
};
static const struct dxbc_word words_tess_output[] = {
    { "output_point", 1u << 11 },
    { "output_line", 2u << 11 },
    { "output_triangle_cw", 3u << 11 },
    { "output_triangle_ccw", 4u << 11 },
    { NULL, 0 },
};
static const struct dxbc_word words_indexed[] = { { "", 0 },
                                                  { "_dynamicindexed", 1u << 11 },
                                                  { NULL, 0 } };

static const struct dxbc_control_words control_words[] = {
    [DXBC_CONTROLS_NONE] = { DXBC_STYLE_NONE, 0, NULL, NULL },
    [DXBC_CONTROLS_SATURATE] = { DXBC_STYLE_SUFFIX, 1u << 13, words_saturate, NULL },
    [DXBC_CONTROLS_TEST] = { DXBC_STYLE_SUFFIX, 1u << 18, words_test, NULL },
    [DXBC_CONTROLS_RESINFO] = { DXBC_STYLE_SUFFIX, 3u << 11, words_resinfo, NULL },
    [DXBC_CONTROLS_SAMPLEINFO] = { DXBC_STYLE_SUFFIX, 1u << 11, words_sampleinfo, NULL },
    [DXBC_CONTROLS_SYNC] = { DXBC_STYLE_FLAGS, 0, NULL, words_sync },
    [DXBC_CONTROLS_RESOURCE] = { DXBC_STYLE_SUFFIX, 0x1Fu << 11, words_dimension, NULL },
    [DXBC_CONTROLS_UAV_TYPED] = { DXBC_STYLE_SUFFIX, 0x1Fu << 11, words_dimension, words_coherent },
    [DXBC_CONTROLS_UAV] = { DXBC_STYLE_FLAGS, 0, NULL, words_uav },
    [DXBC_CONTROLS_INTERPOLATION] = { DXBC_STYLE_LEADING, 0xFu << 11, words_interpolation, NULL },
    [DXBC_CONTROLS_SAMPLER] = { DXBC_STYLE_LAST, 0xFu << 11, words_sampler, NULL },
    [DXBC_CONTROLS_ACCESS] = { DXBC_STYLE_LAST, 1u << 11, words_access, NULL },
    [DXBC_CONTROLS_GLOBAL_FLAGS] = { DXBC_STYLE_BITS, 0, NULL, words_global_flags },
    [DXBC_CONTROLS_PRIMITIVE] = { DXBC_STYLE_LEADING, 0x3Fu << 11, words_primitive, NULL },
    [DXBC_CONTROLS_TOPOLOGY] = { DXBC_STYLE_LEADING, 0x3Fu << 11, words_topology, NULL },
    [DXBC_CONTROLS_DOMAIN] = { DXBC_STYLE_LEADING, 3u << 11, words_domain, NULL },
    [DXBC_CONTROLS_PARTITIONING] = { DXBC_STYLE_LEADING, 7u << 11, words_partitioning, NULL },
    [DXBC_CONTROLS_TESS_OUTPUT] = { DXBC_STYLE_LEADING, 7u << 11, words_tess_output, NULL },
    [DXBC_CONTROLS_COUNT] = { DXBC_STYLE_COUNT, 0x3Fu << 11, NULL, NULL },
    [DXBC_CONTROLS_INDEXED] = { DXBC_STYLE_SUFFIX, 1u << 11, words_indexed, NULL },
};

const struct dxbc_control_words *dxbc_control_words_of(const struct dxbc_opcode_info *info)
{
    return &control_words[info->controls];
}

uint32_t dxbc_control_mask(const struct dxbc_opcode_info *info)
{
    const struct dxbc_control_words *const words = dxbc_control_words_of(info);
    uint32_t mask = words->mask;

    for (dxbc_words flag = words->flags; flag && flag->text; flag++)
        mask |= flag->value;
    if (info->controls == DXBC_CONTROLS_RESOURCE)
        mask |= DXBC_SAMPLE_COUNT_MASK;
    if (info->class != DXBC_CLASS_DECLARATION)
        mask |= DXBC_PRECISE_MASK;
    return mask;
}

static const struct dxbc_file_info files[DXBC_FILES] = {
    [0] = { .name = "r", .is_vector = true },
    [1] = { .name = "v", .is_vector = true, .is_rows = true },
    [2] = { .name = "o", .is_vector = true, .is_rows = true },
    [3] = { .name = "x", .is_vector = true },
    [6] = { .name = "s" },
    [7] = { .name = "t" },
    [8] = { .name = "cb", .is_vector = true },
    [9] = { .name = "icb", .is_vector = true, .is_bracketed = true },
    [10] = { .name = "label" },
    [11] = { .name = "vPrim", .bare_components = 1 },
    [12] = { .name = "oDepth", .bare_components = 1 },
    [13] = { .name = "null" },
    [14] = { .name = "rasterizer" },
    [15] = { .name = "oMask", .bare_components = 1 },
    [16] = { .name = "m" },
    [17] = { .name = "fb" },
    [18] = { .name = "ft" },
    [19] = { .name = "fp" },
    [20] = { .name = "fin", .is_vector = true },
    [21] = { .name = "fout", .is_vector = true },
    [22] = { .name = "vOutputControlPointID", .bare_components = 1 },
    [23] = { .name = "vForkInstanceID", .bare_components = 1 },
    [24] = { .name = "vJoinInstanceID", .bare_components = 1 },
    [25] = { .name = "vicp", .is_vector = true, .is_rows = true },
    [26] = { .name = "vocp", .is_vector = true, .is_rows = true },
    [27] = { .name = "vpc", .is_vector = true, .is_rows = true },
    [28] = { .name = "vDomain" },
    [29] = { .name = "this", .is_bracketed = true },
    [30] = { .name = "u" },
    [31] = { .name = "g" },
    [32] = { .name = "vThreadID" },
    [33] = { .name = "vThreadGroupID" },
    [34] = { .name = "vThreadIDInGroup" },
    [35] = { .name = "vCoverage", .bare_components = 1 },
    [36] = { .name = "vThreadIDInGroupFlattened", .bare_components = 1 },
    [37] = { .name = "vGSInstanceID", .bare_components = 1 },
    [38] = { .name = "oDepthGE", .bare_components = 1 },
    [39] = { .name = "oDepthLE", .bare_components = 1 },
    [40] = { .name = "vCycleCounter" },
};

const struct dxbc_file_info *dxbc_file_find(uint32_t file)
{
    return file < DXBC_FILES && files[file].name ? &files[file] : NULL;
}

const char *dxbc_word_text(dxbc_words words, uint32_t value)
{
    for (; words->text; words++) {
        if (words->value == value)
            return words->text;
    }
    return NULL;
}

bool dxbc_word_value(dxbc_words words, const char *text, size_t length, uint32_t *value)
{
    for (; words->text; words++) {
        if (strlen(words->text) == length && memcmp(words->text, text, length) == 0) {
            *value = words->value;
            return true;
        }
    }
    return false;
}
