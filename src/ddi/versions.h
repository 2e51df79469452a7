/** Interface versions: which the driver accepts, and which it lists (driver semantics 2.3). */
#ifndef DDI_VERSIONS_H
#define DDI_VERSIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "ddi/tables.h"

/** One interface version. */
struct ddi_version {
    uint32_t interface_version; /**< major << 16 | minor */
    uint16_t build;             /**< of the DDI; a runtime below it is refused */
    enum ddi_table table;
    bool is_listed; /**< by GetSupportedVersions; all rows are accepted when asked for */
};

/** The row of an interface_version, NULL for one the driver does not serve. */
const struct ddi_version *ddi_version_find(uint32_t interface_version);

/** How many versions are listed. */
uint32_t ddi_version_listed_count(void);

/** Writes the listed versions, ddi_version_listed_count() words: interface << 32 | build << 16. */
void ddi_version_list(uint64_t *words);

/** Slots of the DXGI table of a runtime: 8 from DXGI 1.1 on, else 7 (DDI facts 4). */
uint32_t ddi_version_dxgi_slots(uint32_t interface_version, uint32_t version);

/** Slots of the device table: an 11.0 table before build 2 ends before the Recycle entries. */
uint32_t ddi_version_device_slots(const struct ddi_version *row, uint32_t version);

#endif
