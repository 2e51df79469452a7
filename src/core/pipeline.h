/**
 * Whether a draw can be drawn. A host answers an impossible draw by giving up on the guest's
 * device, so such draws are found here and dropped, by name (driver semantics 17.9, 22).
 */
#ifndef CORE_PIPELINE_H
#define CORE_PIPELINE_H

#include <stdbool.h>

struct device;

/**
 * Matches shaders and layout and puts their variants on the wire if they are new (which may
 * submit), judges the state as it is set now, and enlarges constant buffers (which may submit).
 * Returns false, told in the ledger, for a draw that must be dropped.
 */
bool pipeline_resolve(struct device *device, bool is_indexed);

#endif
