/* Older build files name this header; the interface is one header (DDI facts 2). */
#include "d3d10umddi.h"
