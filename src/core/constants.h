/**
 * Constant buffers as large as shaders declare them.
 *
 * In Direct3D a buffer may be smaller than the shader that reads it declares: what is there reads
 * as it is, zeros follow. Hosts zero all of such a buffer instead (host semantics 5, AeroGPU
 * protocol specification 18.6), or refuse the stream. So it gets storage on the host that is large
 * enough, when first drawn with. It is always host-owned: no staging, shared or presentable
 * resource can be bound as constants (driver semantics 9.3).
 */
#ifndef CORE_CONSTANTS_H
#define CORE_CONSTANTS_H

#include "platform/result.h"

struct device;

enum {
    CONSTANTS_MINOR = 2, /**< ABI minor from which a device takes constant buffers */
};

/**
 * Enlarges the buffers that are too small for the shaders bound now, in stages whose constants are
 * to be sent; that may submit. OUT_OF_MEMORY or DEVICE_REMOVED: a draw would be refused.
 */
enum result constants_resolve(struct device *device);

#endif
