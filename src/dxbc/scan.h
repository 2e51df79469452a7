/**
 * What a shader program declares: the registers and slots it uses, found by one bounded walk over
 * its tokens. Driver semantics 15.1 and 15.3 say what of it the driver needs.
 */
#ifndef DXBC_SCAN_H
#define DXBC_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dxbc/signature.h"

#define DXBC_CONSTANT_BUFFER_SLOTS 16u
#define DXBC_RESOURCE_SLOTS        128u
#define DXBC_SAMPLER_SLOTS         16u
#define DXBC_UAV_SLOTS             8u
#define DXBC_STREAMS               4u

/** Dimension of a declared t# or u# slot. */
enum dxbc_dimension {
    DXBC_DIMENSION_NONE = 0, /**< not declared */
    DXBC_DIMENSION_BUFFER = 1,
    DXBC_DIMENSION_TEXTURE1D = 2,
    DXBC_DIMENSION_TEXTURE2D = 3,
    DXBC_DIMENSION_TEXTURE2DMS = 4,
    DXBC_DIMENSION_TEXTURE3D = 5,
    DXBC_DIMENSION_TEXTURECUBE = 6,
    DXBC_DIMENSION_TEXTURE1DARRAY = 7,
    DXBC_DIMENSION_TEXTURE2DARRAY = 8,
    DXBC_DIMENSION_TEXTURE2DMSARRAY = 9,
    DXBC_DIMENSION_TEXTURECUBEARRAY = 10,
    DXBC_DIMENSION_RAW_BUFFER = 11,
    DXBC_DIMENSION_STRUCTURED_BUFFER = 12,
    DXBC_DIMENSIONS,
};

/** What a geometry shader takes, as its tokens number it. */
enum dxbc_primitive {
    DXBC_PRIMITIVE_NONE = 0,
    DXBC_PRIMITIVE_POINT = 1,
    DXBC_PRIMITIVE_LINE = 2,
    DXBC_PRIMITIVE_TRIANGLE = 3,
    DXBC_PRIMITIVE_LINE_ADJACENCY = 6,
    DXBC_PRIMITIVE_TRIANGLE_ADJACENCY = 7,
};

/** The depth a pixel shader writes, and the promise made about its direction. */
enum dxbc_depth {
    DXBC_DEPTH_NONE,
    DXBC_DEPTH_ANY,
    DXBC_DEPTH_GREATER_EQUAL,
    DXBC_DEPTH_LESS_EQUAL,
};

struct dxbc_scan {
    uint8_t program; /**< enum dxbc_program */
    uint8_t major, minor;
    uint32_t length_dwords; /**< the program's own length, version and length tokens included */

    uint32_t inputs;              /**< bit r: v[r] is declared, as a system value or not */
    uint32_t system_value_inputs; /**< those of them that hold a system value */
    uint32_t outputs;             /**< bit r: o[r] is declared (hull shaders: per control point) */
    uint32_t patch_constants;     /**< hull and domain shaders: patch-constant registers */
    uint8_t depth;                /**< enum dxbc_depth */
    bool has_coverage;            /**< a pixel shader writes its sample mask */

    uint32_t constant_buffers;                                  /**< bit b: b# is declared */
    uint32_t constant_buffer_vec4s[DXBC_CONSTANT_BUFFER_SLOTS]; /**< declared size, 16-byte units */
    uint32_t samplers;                                          /**< bit s */
    uint32_t resources[DXBC_RESOURCE_SLOTS / 32];               /**< bit t % 32 of word t / 32 */
    uint8_t resource_dimension[DXBC_RESOURCE_SLOTS];            /**< enum dxbc_dimension */
    uint32_t uavs;                                              /**< bit u */
    uint8_t uav_dimension[DXBC_UAV_SLOTS];                      /**< enum dxbc_dimension */

    uint32_t gs_input_primitive; /**< enum dxbc_primitive */
    uint32_t gs_output_topology; /**< 1 point list, 3 line strip, 5 triangle strip */
    uint32_t gs_max_vertices;
    uint32_t gs_streams;      /**< bit m: stream m# is declared */
    uint32_t thread_group[3]; /**< compute shaders: x, y, z */
};

/**
 * Scans a program in at most supplied_dwords words (a driver, which is given no size, passes the
 * length token). The tokens need no alignment. False with a static sentence in *reason (which may
 * be NULL) on tokens that are damaged or name a slot no device has; *scan is then unspecified.
 */
bool dxbc_scan_tokens(const void *tokens, size_t supplied_dwords, struct dxbc_scan *scan,
                      const char **reason);

/** Whether a dimension is a buffer of any kind, as opposed to a texture. */
static inline bool dxbc_dimension_is_buffer(uint32_t dimension)
{
    return dimension == DXBC_DIMENSION_BUFFER || dimension == DXBC_DIMENSION_RAW_BUFFER ||
           dimension == DXBC_DIMENSION_STRUCTURED_BUFFER;
}

#endif
