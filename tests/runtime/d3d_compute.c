/* What 11.0 devices alone have: compute shaders and unordered access. */
#include <string.h>

#include "runtime/d3d.h"
#include "runtime/runtime_state.h"

static void check_level(const struct rt_device *device)
{
    if (device->level != RT_D3D11)
        tap_bail_out("compute exists on 11.0 devices only");
}

void d3d_set_unordered_access(struct rt_device *device, UINT first, UINT count,
                              struct rt_object *const *views, const UINT *initial_counts)
{
    D3D11DDI_HUNORDEREDACCESSVIEW handles[8];
    UINT counts[8];

    check_level(device);
    if (count > 8)
        tap_bail_out("%u unordered access views", count);
    for (UINT i = 0; i < count; i++) {
        handles[i] = d3d_uav(views != NULL ? views[i] : NULL);
        counts[i] = initial_counts != NULL ? initial_counts[i] : 0xFFFFFFFFu;
    }
    RT_CALL(device, f11, pfnCsSetUnorderedAccessViews, first, count,
            rt_lend(handles, count * sizeof(handles[0])), rt_lend(counts, count * sizeof(UINT)));
}

void d3d_dispatch(struct rt_device *device, UINT x, UINT y, UINT z)
{
    check_level(device);
    RT_CALL(device, f11, pfnDispatch, x, y, z);
}
