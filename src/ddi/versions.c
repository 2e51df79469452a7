#include "ddi/versions.h"

#include <stddef.h>

enum {
    /* Listing 10.1 invites feature level 10_1, which the wire cannot carry. */
    LIST_10_1 = 0,
    /* Listing a Windows 7 word may switch on another scheduling model (DDI facts 3). */
    LIST_WINDOWS_7 = 0,
};

#define ROW(name, table, is_listed)                                                                \
    {                                                                                              \
        name##_INTERFACE_VERSION, name##_BUILD_VERSION, DDI_TABLE_##table, is_listed               \
    }

static const struct ddi_version versions[] = {
    ROW(D3D10_0_DDI, 10_0, true),
    ROW(D3D10_1_DDI, 10_1, LIST_10_1),
    ROW(D3D10_0_x_vista_DDI, 10_0, false),
    ROW(D3D10_1_x_vista_DDI, 10_1, false),
    ROW(D3D10_0_x_DDI, 10_0, true),
    ROW(D3D10_1_x_DDI, 10_1, LIST_10_1),
    ROW(D3D10_0_7_DDI, 10_0, LIST_WINDOWS_7),
    ROW(D3D10_1_7_DDI, 10_1, LIST_10_1 &&LIST_WINDOWS_7),
    ROW(D3D11_0_DDI, 11_0, true),
    ROW(D3D11_0_7_DDI, 11_0, LIST_WINDOWS_7),
};

enum { VERSIONS = sizeof(versions) / sizeof(versions[0]) };

const struct ddi_version *ddi_version_find(uint32_t interface_version)
{
    for (size_t i = 0; i < VERSIONS; i++) {
        if (versions[i].interface_version == interface_version)
            return &versions[i];
    }
    return NULL;
}

uint32_t ddi_version_listed_count(void)
{
    uint32_t count = 0;

    for (size_t i = 0; i < VERSIONS; i++)
        count += versions[i].is_listed;
    return count;
}

void ddi_version_list(uint64_t *words)
{
    for (size_t i = 0; i < VERSIONS; i++) {
        if (versions[i].is_listed)
            *words++ = (uint64_t)versions[i].interface_version << 32 | (uint64_t)versions[i].build
                                                                           << 16;
    }
}

uint32_t ddi_version_dxgi_slots(uint32_t interface_version, uint32_t version)
{
    const uint32_t major = interface_version >> 16;
    const uint32_t revision = version & 0xFFFF;
    const bool is_1_1 =
        (major == 10 && revision > 6008) || (major == 11 && revision > 8) || major > 11;

    return is_1_1 ? 8 : 7;
}

uint32_t ddi_version_device_slots(const struct ddi_version *row, uint32_t version)
{
    enum { RECYCLE_SLOTS = 4, RECYCLE_BUILD = 2 };
    const uint32_t slots = ddi_device_table_slots(row->table);

    if (row->table == DDI_TABLE_11_0 && version >> 16 < RECYCLE_BUILD)
        return slots - RECYCLE_SLOTS;
    return slots;
}
