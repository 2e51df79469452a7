/**
 * Samplers: one filter and three address modes reach the wire; comparison, anisotropy, borders,
 * bias and clamps do not (driver semantics 14.5).
 */
#ifndef CORE_SAMPLER_H
#define CORE_SAMPLER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/object.h"
#include "platform/result.h"

struct device;

enum {
    /** Sampler packets came with this minor (AeroGPU protocol specification 1). */
    SAMPLER_MINOR = 2,
};

/** D3D's description, as far as anything of it can be carried or has to be counted as lost. */
struct sampler_desc {
    bool is_min_linear, is_mag_linear, is_mip_linear;
    bool is_anisotropic;
    bool is_comparison;
    bool is_text;        /**< 1-bit text filter */
    uint32_t address[3]; /**< D3D: wrap 1, mirror 2, clamp 3, border 4, mirror once 5 */
    bool has_lod_limits; /**< a bias, or clamps that clamp */
};

struct sampler {
    struct object object;
    uint32_t handle; /**< protocol handle; 0 on devices too old for samplers */
    bool is_bound;   /**< was ever bound */
};

/** OUT_OF_MEMORY or DEVICE_REMOVED leave the block zeroed. */
enum result sampler_init(struct device *device, struct sampler *sampler,
                         const struct sampler_desc *desc);

/** Unbinds the sampler and ends it on the wire. */
void sampler_finish(struct device *device, struct sampler *sampler);

#endif
