/**
 * Names for the register-level signatures of the driver interface, which has none. Driver
 * semantics 15.3: any scheme works if everybody who meets uses the same one.
 */
#ifndef DXBC_NAMES_H
#define DXBC_NAMES_H

#include <stdbool.h>
#include <stdint.h>

/** The name of everything that is no system value; its semantic index is the register. */
#define DXBC_GENERIC_NAME "R"

/** How a system value of the driver interface is written in a container. */
struct dxbc_name {
    const char *name;
    uint32_t system_value;   /**< the container's number */
    uint32_t semantic_index; /**< of the first entry with this value */
    uint32_t component_type; /**< enum dxbc_component */
};

/** Looks up the interface's system value; NULL for 0 and for numbers that mean nothing. */
const struct dxbc_name *dxbc_name_find(uint32_t interface_value);

/**
 * The way back: the interface's number for the container's system value and semantic index. Values
 * without one come back as they are.
 */
uint32_t dxbc_name_interface_value(uint32_t container_value, uint32_t semantic_index);

#endif
