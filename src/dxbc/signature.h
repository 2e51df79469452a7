/**
 * The words that shader tokens, containers and the driver interface share: program types,
 * component types, system values and register-level signatures.
 */
#ifndef DXBC_SIGNATURE_H
#define DXBC_SIGNATURE_H

#include <stdint.h>

/** Program type of the version token, bits 16-31. AeroGPU protocol specification 7.5. */
enum dxbc_program {
    DXBC_PROGRAM_PIXEL = 0,
    DXBC_PROGRAM_VERTEX = 1,
    DXBC_PROGRAM_GEOMETRY = 2,
    DXBC_PROGRAM_HULL = 3,
    DXBC_PROGRAM_DOMAIN = 4,
    DXBC_PROGRAM_COMPUTE = 5,
    DXBC_PROGRAMS,
};

/** Component type of a container's signature entry. AeroGPU protocol specification 7.5. */
enum dxbc_component {
    DXBC_COMPONENT_UINT = 1,
    DXBC_COMPONENT_SINT = 2,
    DXBC_COMPONENT_FLOAT = 3,
};

/**
 * System values. Up to DXBC_SV_SAMPLE_INDEX the driver interface and the container use the same
 * numbers (driver semantics 15.3); tessellation factors have one number for each edge at the
 * interface (11 to 22) and one for each kind in the container (11 to 16). Targets and depth exist
 * in the container only.
 */
enum dxbc_system_value {
    DXBC_SV_NONE = 0,
    DXBC_SV_POSITION = 1,
    DXBC_SV_CLIP_DISTANCE = 2,
    DXBC_SV_CULL_DISTANCE = 3,
    DXBC_SV_RENDER_TARGET_ARRAY_INDEX = 4,
    DXBC_SV_VIEWPORT_ARRAY_INDEX = 5,
    DXBC_SV_VERTEX_ID = 6,
    DXBC_SV_PRIMITIVE_ID = 7,
    DXBC_SV_INSTANCE_ID = 8,
    DXBC_SV_IS_FRONT_FACE = 9,
    DXBC_SV_SAMPLE_INDEX = 10,
    DXBC_SV_TARGET = 64,
    DXBC_SV_DEPTH = 65,
};

/** Input and output registers are numbered 0 to 31. */
#define DXBC_REGISTERS 32u

/** Register number of what lives in no numbered register: oDepth, vPrim and their like. */
#define DXBC_REGISTER_NONE 0xFFFFFFFFu

/**
 * One entry of a signature as the driver interface knows it: no name, no component type. Driver
 * semantics 15.1. system_value is the interface's number; mask holds x y z w in bits 0 to 3.
 */
struct dxbc_signature_entry {
    uint32_t system_value;
    uint32_t register_index; /**< below DXBC_REGISTERS, or DXBC_REGISTER_NONE */
    uint8_t mask;
};

#endif
