/** Transfers between resources, and from the guest: UPLOAD, DIRTY_RANGE, COPY_*. */
#ifndef HOST_COPY_H
#define HOST_COPY_H

#include "host/state.h"

host_packet_fn host_resource_dirty_range;
host_packet_fn host_upload_resource;
host_packet_fn host_copy_buffer;
host_packet_fn host_copy_texture2d;

/** Writes what WRITEBACK_DST asked for to guest memory. The device is idle; reports. */
void host_writebacks_finish(struct aerogpu_host *host);

#endif
