/**
 * Names of protocol objects and of allocations, unique over every process of the guest.
 *
 * Drawn from one counter that all AeroGPU drivers of a session share and that never runs backwards,
 * so no value is used twice. Rules: driver semantics 24; AeroGPU protocol specification 3.1, 10.2.
 */
#ifndef PLATFORM_IDS_H
#define PLATFORM_IDS_H

#include <stdbool.h>
#include <stdint.h>

/** A fresh object handle: never 0, never one of those a host keeps for itself. */
uint32_t ids_next_handle(void);

/** A fresh alloc id, 1..0x7FFFFFFF. */
uint32_t ids_next_alloc_id(void);

/** Handle that a counter value stands for; 0 when the value has to be passed over. */
uint32_t ids_handle_of(uint64_t value);

/** Alloc id that a counter value stands for; 0 when the value has to be passed over. */
uint32_t ids_alloc_id_of(uint64_t value);

#endif
