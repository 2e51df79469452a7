/**
 * Shaders: tokens and register-level signatures in, containers on the wire.
 *
 * A vertex shader's container states the type of each input, which only the input layout knows, so
 * there may be several containers of one shader, made when first needed (driver semantics 15.3).
 */
#ifndef CORE_SHADER_H
#define CORE_SHADER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/object.h"
#include "core/stage.h"
#include "dxbc/scan.h"
#include "dxbc/signature.h"
#include "platform/result.h"

struct device;

/** What the DDI hands over; read in the call. */
struct shader_desc {
    enum stage stage;
    const uint32_t *tokens; /**< [0] version, [1] length in dwords; or a finished container */
    const struct dxbc_signature_entry *inputs;
    uint32_t input_count;
    const struct dxbc_signature_entry *outputs;
    uint32_t output_count;
};

/** A container on the wire. */
struct shader_variant {
    uint64_t classes; /**< two bits (enum vertex_class, 0 = float) per input register */
    uint32_t handle;  /**< 0 = not made yet */
    struct shader_variant *next;
};

struct shader {
    struct object object;
    enum stage stage;
    uint32_t *tokens; /**< own block: tokens, then both signatures */
    const struct dxbc_signature_entry *inputs;
    const struct dxbc_signature_entry *outputs;
    uint32_t input_count;
    uint32_t output_count;
    uint32_t input_registers;  /**< declared, system values excepted */
    uint32_t output_registers; /**< in the signature that was handed over */
    uint32_t position_inputs;  /**< registers that its signature calls SV_Position */
    uint32_t position_outputs; /**< likewise */
    bool passes_through;       /**< no program: binding it is binding none */
    struct dxbc_scan scan;
    struct shader_variant first; /**< others follow in their own blocks */
};

/**
 * Copies and checks a shader; one whose container cannot vary goes on the wire at once.
 * OUT_OF_MEMORY, UNSUPPORTED (tokens or stage refused, told in the ledger) or DEVICE_REMOVED leave
 * the block zeroed.
 */
enum result shader_init(struct device *device, struct shader *shader,
                        const struct shader_desc *desc);

/**
 * A geometry shader that streams out what a vertex shader writes and changes nothing: as nothing is
 * streamed out, there is nothing to bind (driver semantics 15.5).
 */
void shader_init_pass_through(struct device *device, struct shader *shader);

/**
 * The driver's own pixel shader, which stands in where an application has none: hosts refuse draws
 * without (driver semantics 14.2). It writes zeros; the blend state that goes with it writes
 * nothing. NULL when memory or room ran out.
 */
struct shader *shader_for_no_pixel_shader(struct device *device);

/** Unbinds the shader and ends its containers. */
void shader_finish(struct device *device, struct shader *shader);

/**
 * Protocol handle of the container for these input classes, put on the wire if it is new (which
 * may submit). 0 when memory or room ran out.
 */
uint32_t shader_variant_handle(struct device *device, struct shader *shader, uint64_t classes);

#endif
