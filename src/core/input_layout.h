/**
 * Input layouts, matched to vertex shaders.
 *
 * A host refuses elements that the bound vertex shader does not read, so a layout goes on the wire
 * once per set of input registers, when first drawn with (driver semantics 15.4).
 */
#ifndef CORE_INPUT_LAYOUT_H
#define CORE_INPUT_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/object.h"
#include "platform/result.h"

struct device;

enum {
    LAYOUT_ELEMENTS = 32,      /**< of one layout */
    LAYOUT_SLOTS = 32,         /**< vertex buffer slots that exist */
    LAYOUT_HOST_ELEMENTS = 16, /**< that a host takes in one draw */
    LAYOUT_HOST_SLOTS = 8,     /**< likewise, distinct ones */
};

/** One element; read in the call. */
struct layout_element {
    uint32_t slot;
    uint32_t offset_bytes; /**< or 0xFFFFFFFF: behind the one before in that slot */
    uint32_t format;       /**< DXGI_FORMAT number */
    bool is_per_instance;
    uint32_t step_rate;
    uint32_t input_register;
};

/** A layout as one set of input registers sees it. */
struct layout_variant {
    uint32_t registers;  /**< of the vertex shader: the key */
    uint32_t handle;     /**< protocol handle; 0 = a host would refuse it: draws are dropped */
    uint32_t slots_used; /**< bit per vertex buffer slot */
    uint64_t classes;    /**< input classes for shader_variant_handle */
    uint32_t span_bytes[LAYOUT_SLOTS]; /**< what an element set needs of a slot's stride */
    struct layout_variant *next;
};

struct input_layout {
    struct object object;
    uint32_t element_count;
    struct layout_element elements[LAYOUT_ELEMENTS];
    struct layout_variant *variants; /**< own blocks */
};

/** INVALID (too many elements, slot or register out of range) leaves the block zeroed. */
enum result input_layout_init(struct device *device, struct input_layout *layout,
                              const struct layout_element *elements, uint32_t element_count);

/** Unbinds the layout and ends its variants. */
void input_layout_finish(struct device *device, struct input_layout *layout);

/**
 * The variant for a vertex shader that reads these registers, put on the wire if it is new (which
 * may submit). NULL when memory or room ran out. It lives as long as the layout.
 */
const struct layout_variant *input_layout_variant(struct device *device,
                                                  struct input_layout *layout, uint32_t registers);

#endif
