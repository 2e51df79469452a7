#include "ddi/tables.h"

#include <string.h>

#include "platform/log.h"

#define SKIP(...)
#define SLOT(member, handler, ...)                 .member = handler,
#define SLOT_10(member, h_10, h_10_1, h_11, ...)   .member = h_10,
#define SLOT_10_1(member, h_10, h_10_1, h_11, ...) .member = h_10_1,
#define SLOT_11(member, h_10, h_10_1, h_11, ...)   .member = h_11,
#define INFO(member, handler, status, errors, note)                                                \
    { #member, SLOT_##status, ERRORS_##errors, note },
#define INFO_EACH(member, h_10, h_10_1, h_11, status, errors, note)                                \
    INFO(member, h_11, status, errors, note)
#define INFO_RETURNED(member, handler, status, note) INFO(member, handler, status, RETURNED, note)

static const D3D10DDI_DEVICEFUNCS table_10_0 = { DDI_DEVICE_SLOTS(SLOT, SLOT_10, SKIP, SKIP) };

static const D3D10_1DDI_DEVICEFUNCS table_10_1 = { DDI_DEVICE_SLOTS(SLOT, SLOT_10_1, SLOT, SKIP) };

static const D3D11DDI_DEVICEFUNCS table_11_0 = { DDI_DEVICE_SLOTS(SLOT, SLOT_11, SLOT, SLOT) };

static const D3D10_2DDI_ADAPTERFUNCS table_adapter = { DDI_ADAPTER_SLOTS(SLOT, SLOT) };

static const DXGI1_1_DDI_BASE_FUNCTIONS table_dxgi = { DDI_DXGI_SLOTS(SLOT, SLOT) };

const struct slot_info ddi_slot_infos[DDI_SLOT_COUNT] = { DDI_DEVICE_SLOTS(INFO, INFO_EACH, INFO,
                                                                           INFO) };

const struct slot_info ddi_adapter_slot_infos[] = { DDI_ADAPTER_SLOTS(INFO_RETURNED,
                                                                      INFO_RETURNED) };

const struct slot_info ddi_dxgi_slot_infos[] = { DDI_DXGI_SLOTS(INFO_RETURNED, INFO_RETURNED) };

struct table_row {
    const char *name;
    const void *from;
    uint32_t slots;
};

#define SLOTS(table) (sizeof(table) / sizeof(void *))

static const struct table_row device_tables[] = {
    [DDI_TABLE_10_0] = { "D3D10DDI_DEVICEFUNCS", &table_10_0, SLOTS(table_10_0) },
    [DDI_TABLE_10_1] = { "D3D10_1DDI_DEVICEFUNCS", &table_10_1, SLOTS(table_10_1) },
    [DDI_TABLE_11_0] = { "D3D11DDI_DEVICEFUNCS", &table_11_0, SLOTS(table_11_0) },
};

_Static_assert(SLOTS(table_11_0) == DDI_SLOT_COUNT, "slots.h lists the 11.0 table in its order");

bool ddi_copy_table(void *table, const void *from, uint32_t slots, const char *name)
{
    const uint8_t *bytes = from;

    for (uint32_t i = 0; i < slots; i++) {
        void *slot;

        memcpy(&slot, bytes + i * sizeof(slot), sizeof(slot));
        if (!slot) {
            log_line("aerogpu-d3d10_11: NULL DDI entry in %s at index=%u", name, (unsigned)i);
            return false;
        }
    }
    memcpy(table, from, slots * sizeof(void *));
    return true;
}

bool ddi_fill_device_table(void *table, enum ddi_table which, uint32_t slots)
{
    return ddi_copy_table(table, device_tables[which].from, slots, device_tables[which].name);
}

uint32_t ddi_device_table_slots(enum ddi_table which)
{
    return device_tables[which].slots;
}

bool ddi_fill_adapter_table(void *table, uint32_t slots)
{
    return ddi_copy_table(table, &table_adapter, slots, "D3D10_2DDI_ADAPTERFUNCS");
}

bool ddi_fill_dxgi_table(void *table, uint32_t slots)
{
    return ddi_copy_table(table, &table_dxgi, slots, "DXGI1_1_DDI_BASE_FUNCTIONS");
}
