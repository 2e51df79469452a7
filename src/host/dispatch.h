/** DISPATCH. */
#ifndef HOST_DISPATCH_H
#define HOST_DISPATCH_H

#include "host/state.h"

host_packet_fn host_dispatch;

#endif
