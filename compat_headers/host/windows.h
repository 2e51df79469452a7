/* What <windows.h> means to the DDI headers, for native builds on Linux: base types and HRESULTs.
 */
#ifndef COMPAT_HOST_WINDOWS_H
#define COMPAT_HOST_WINDOWS_H

#include "basetypes.h"
#include "winerror.h"

#endif
