/**
 * Sending pipeline state: one ordered list of atoms, each sent when it is dirty *and* differs from
 * what the host has (driver semantics 14, 17.3).
 */
#ifndef CORE_ATOMS_H
#define CORE_ATOMS_H

#include <stdint.h>

#include "core/state.h"

struct device;

/** What sending a set of atoms takes at most. */
struct atoms_cost {
    uint32_t packet_bytes;
    uint32_t list_entries;
};

/** Cost of sending these ATOM_BITs as the state is now. */
struct atoms_cost atoms_cost(const struct device *device, uint32_t atoms);

/**
 * Sends these ATOM_BITs, whose room was reserved, and marks them clean. The state must have passed
 * pipeline_resolve.
 */
void atoms_send(struct device *device, uint32_t atoms);

/** Sends a set of targets by handle unless the host has just that one. Room was reserved. */
void atoms_send_targets(struct device *device, const struct stream_targets *targets);

#endif
