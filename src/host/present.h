/** PRESENT: which image is shown. AeroGPU protocol specification 17; host semantics 7. */
#ifndef HOST_PRESENT_H
#define HOST_PRESENT_H

#include "host/state.h"

host_packet_fn host_present;

/** Hands the images of the submission to the present callback. The device is idle. */
void host_presents_finish(struct aerogpu_host *host);

#endif
