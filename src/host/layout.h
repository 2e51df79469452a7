/** Input layouts: ILAY blobs. AeroGPU protocol specification 7. */
#ifndef HOST_LAYOUT_H
#define HOST_LAYOUT_H

#include "host/objects.h"
#include "host/state.h"

host_packet_fn host_create_input_layout;

void host_layout_destroy(struct aerogpu_host *host, struct host_object *object);

#endif
