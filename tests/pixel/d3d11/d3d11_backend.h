/**
 * Pixel scripts over the API of another implementation: whatever d3d11.dll the system has, Wine's
 * own in the cross-check. It shares nothing with the driver but the scripts, so what both show is
 * what Direct3D's rules ask for.
 */
#ifndef PIXEL_D3D11_BACKEND_H
#define PIXEL_D3D11_BACKEND_H

#include "player/api.h"

struct px_d3d11;

/** A device of feature level 11_0 with the state a device begins with. NULL: *error says why. */
struct px_d3d11 *px_d3d11_create(const char **error);

/** Frees all objects, after which the device is as new, in a hundredth of the time of a new one. */
void px_d3d11_reset(struct px_d3d11 *d3d);

/** With all its objects. */
void px_d3d11_destroy(struct px_d3d11 *d3d);

/** The operations; their first argument is the struct px_d3d11. */
const struct px_backend *px_d3d11_backend(void);

#endif
