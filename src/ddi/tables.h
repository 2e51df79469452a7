/** Function tables and slot facts, made from the lists of slots.h. */
#ifndef DDI_TABLES_H
#define DDI_TABLES_H

#include <d3d10umddi.h>
#include <stdbool.h>
#include <stdint.h>

#include "ddi/slots.h"

/* Slots of the 11.0 table by number: SLOT_pfnDraw and so on. */
#define SLOT_NUMBER_1(member, handler, status, errors, note)            SLOT_##member,
#define SLOT_NUMBER_3(member, h_10, h_10_1, h_11, status, errors, note) SLOT_##member,
enum ddi_slot {
    DDI_DEVICE_SLOTS(SLOT_NUMBER_1, SLOT_NUMBER_3, SLOT_NUMBER_1, SLOT_NUMBER_1) DDI_SLOT_COUNT
};
#undef SLOT_NUMBER_1
#undef SLOT_NUMBER_3

struct slot_info {
    const char *name; /**< member of the table */
    enum slot_status status;
    enum slot_errors errors;
    const char *note; /**< what is missing, or why it is refused; "" */
};

/** Facts of every device slot, by enum ddi_slot; then, for the reports, of the other tables. */
extern const struct slot_info ddi_slot_infos[DDI_SLOT_COUNT];

/** Adapter slots (5) and DXGI slots (8), in table order. */
extern const struct slot_info ddi_adapter_slot_infos[5];
extern const struct slot_info ddi_dxgi_slot_infos[8];

/** Generations of the device table. */
enum ddi_table {
    DDI_TABLE_10_0,
    DDI_TABLE_10_1,
    DDI_TABLE_11_0,
};

/**
 * Fills the runtime's table of this generation; slots is how many it has (all, or 146 of an 11.0
 * table without the Recycle entries). Checks that none is NULL; false, with a log line, if one is.
 */
bool ddi_fill_device_table(void *table, enum ddi_table which, uint32_t slots);

/** Slots of a whole device table. */
uint32_t ddi_device_table_slots(enum ddi_table which);

/** Fills 3 slots (OpenAdapter10) or 5 (OpenAdapter10_2). */
bool ddi_fill_adapter_table(void *table, uint32_t slots);

/** Fills 7 slots (DXGI 1.0) or 8 (DXGI 1.1). */
bool ddi_fill_dxgi_table(void *table, uint32_t slots);

/**
 * Copies the first slots pointers of a template and checks them: the self-check all tables go
 * through. False, with a log line naming table and slot, when a pointer is NULL.
 */
bool ddi_copy_table(void *table, const void *from, uint32_t slots, const char *name);

/* Declares every handler with the exact type of its slots. */
#define HANDLER(table, member, handler) __typeof__(*((table *)0)->member) handler;
#define HANDLER_ALL(member, handler, status, errors, note)                                         \
    HANDLER(D3D11DDI_DEVICEFUNCS, member, handler)
#define HANDLER_EACH(member, h_10, h_10_1, h_11, status, errors, note)                             \
    HANDLER(D3D10DDI_DEVICEFUNCS, member, h_10)                                                    \
    HANDLER(D3D10_1DDI_DEVICEFUNCS, member, h_10_1)                                                \
    HANDLER(D3D11DDI_DEVICEFUNCS, member, h_11)
#define HANDLER_ADAPTER(member, handler, status, note)                                             \
    HANDLER(D3D10_2DDI_ADAPTERFUNCS, member, handler)
#define HANDLER_DXGI(member, handler, status, note)                                                \
    HANDLER(DXGI1_1_DDI_BASE_FUNCTIONS, member, handler)
DDI_DEVICE_SLOTS(HANDLER_ALL, HANDLER_EACH, HANDLER_ALL, HANDLER_ALL)
DDI_ADAPTER_SLOTS(HANDLER_ADAPTER, HANDLER_ADAPTER)
DDI_DXGI_SLOTS(HANDLER_DXGI, HANDLER_DXGI)
#undef HANDLER_ALL
#undef HANDLER_EACH
#undef HANDLER_ADAPTER
#undef HANDLER_DXGI
#undef HANDLER

#endif
