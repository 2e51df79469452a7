/**
 * The driver under test: three entry points. Windows builds load the DLL that environment variable
 * AEROGPU_UMD names; host builds have the driver linked in.
 */
#ifndef RUNTIME_LOADER_H
#define RUNTIME_LOADER_H

#include "d3d10umddi.h"

/** The exports in the order of driver semantics 2.1. */
enum rt_export {
    RT_OPEN_ADAPTER_10,
    RT_OPEN_ADAPTER_10_2,
    RT_OPEN_ADAPTER_11,
    RT_EXPORTS,
};

/** What a driver DLL exports. A test may hand in a driver of its own. */
struct rt_driver {
    PFND3D10DDI_OPENADAPTER open[RT_EXPORTS];
};

/** The driver under test, loaded at the first call. Bails out of the program if there is none. */
const struct rt_driver *loader_driver(void);

#endif
