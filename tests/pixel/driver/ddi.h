/** Pixel scripts over the driver interface: the fake runtime drives the driver on a live kernel. */
#ifndef PIXEL_DDI_H
#define PIXEL_DDI_H

#include "player/api.h"
#include "runtime/scenario.h"

struct px_ddi;

/** A device of the running test (scenario.h); NULL and a failed test when there is none. */
struct px_ddi *px_ddi_create(enum rt_level level);

/** To be called before the test is over. */
void px_ddi_destroy(struct px_ddi *ddi);

extern const struct px_backend px_ddi_backend;

#endif
