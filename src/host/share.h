/** Shared surfaces: a token leads to a resource. AeroGPU protocol specification 6.9 and 16. */
#ifndef HOST_SHARE_H
#define HOST_SHARE_H

#include "host/state.h"

host_packet_fn host_export_shared_surface;
host_packet_fn host_import_shared_surface;
host_packet_fn host_release_shared_surface;

#endif
