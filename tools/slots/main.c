/*
 * aerogpu-slots: prints every slot of every table with how far it works, from the list the driver's
 * tables are made from. With --missing, only what does not work yet.
 */
#include <stdio.h>
#include <string.h>

#include "ddi/tables.h"

static const char *const status_names[] = {
    [SLOT_WORKS] = "works",
    [SLOT_PARTIAL] = "partial",
    [SLOT_REFUSED] = "refused",
    [SLOT_MISSING] = "missing",
};

static const char *const error_names[] = {
    [ERRORS_NONE] = "none",
    [ERRORS_LOSS] = "removed",
    [ERRORS_WAIT] = "still drawing, removed",
    [ERRORS_CREATE] = "out of memory, removed",
    [ERRORS_RESOURCE] = "out of memory, unsupported, removed",
    [ERRORS_QUERY] = "out of memory, nonexclusive, removed",
    [ERRORS_CHECK] = "fail, invalid argument, unsupported",
    [ERRORS_RETURNED] = "returned",
};

static void print_table(const char *title, const struct slot_info *infos, unsigned count,
                        bool only_missing)
{
    unsigned counts[sizeof(status_names) / sizeof(status_names[0])] = { 0 };

    printf("%s\n", title);
    for (unsigned i = 0; i < count; i++) {
        const struct slot_info *info = &infos[i];

        counts[info->status]++;
        if (only_missing && info->status == SLOT_WORKS)
            continue;
        printf("%4u  %-44s %-8s %-36s %s\n", i, info->name, status_names[info->status],
               error_names[info->errors], info->note);
    }
    printf("      %u slots: %u work, %u partly, %u refused by decision, %u missing\n\n", count,
           counts[SLOT_WORKS], counts[SLOT_PARTIAL], counts[SLOT_REFUSED], counts[SLOT_MISSING]);
}

int main(int argc, char **argv)
{
    const bool only_missing = argc == 2 && strcmp(argv[1], "--missing") == 0;

    if (argc > 2 || (argc == 2 && !only_missing)) {
        fprintf(stderr, "usage: aerogpu-slots [--missing]\n");
        return 2;
    }
    print_table("Adapter table (OpenAdapter10_2; the first 3 are OpenAdapter10's)",
                ddi_adapter_slot_infos, 5, only_missing);
    print_table("Device table (11.0; the first 101 are 10.0's, the first 103 10.1's)",
                ddi_slot_infos, DDI_SLOT_COUNT, only_missing);
    print_table("DXGI table (1.1; the first 7 are 1.0's)", ddi_dxgi_slot_infos, 8, only_missing);
    return 0;
}
