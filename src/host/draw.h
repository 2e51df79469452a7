/** DRAW, DRAW_INDEXED and CLEAR. */
#ifndef HOST_DRAW_H
#define HOST_DRAW_H

#include "host/state.h"

host_packet_fn host_draw;
host_packet_fn host_draw_indexed;
host_packet_fn host_clear;

#endif
