#include "runtime/d3d.h"
#include "runtime/runtime_state.h"

D3D10DDI_HRESOURCE d3d_resource(const struct rt_object *object)
{
    return (D3D10DDI_HRESOURCE){ rt_private(object) };
}

D3D10DDI_HSHADERRESOURCEVIEW d3d_srv(const struct rt_object *object)
{
    return (D3D10DDI_HSHADERRESOURCEVIEW){ rt_private(object) };
}

D3D10DDI_HRENDERTARGETVIEW d3d_rtv(const struct rt_object *object)
{
    return (D3D10DDI_HRENDERTARGETVIEW){ rt_private(object) };
}

D3D10DDI_HDEPTHSTENCILVIEW d3d_dsv(const struct rt_object *object)
{
    return (D3D10DDI_HDEPTHSTENCILVIEW){ rt_private(object) };
}

D3D11DDI_HUNORDEREDACCESSVIEW d3d_uav(const struct rt_object *object)
{
    return (D3D11DDI_HUNORDEREDACCESSVIEW){ rt_private(object) };
}

D3D10DDI_HSHADER d3d_shader(const struct rt_object *object)
{
    return (D3D10DDI_HSHADER){ rt_private(object) };
}

D3D10DDI_HELEMENTLAYOUT d3d_layout(const struct rt_object *object)
{
    return (D3D10DDI_HELEMENTLAYOUT){ rt_private(object) };
}

D3D10DDI_HBLENDSTATE d3d_blend_state(const struct rt_object *object)
{
    return (D3D10DDI_HBLENDSTATE){ rt_private(object) };
}

D3D10DDI_HDEPTHSTENCILSTATE d3d_depth_stencil_state(const struct rt_object *object)
{
    return (D3D10DDI_HDEPTHSTENCILSTATE){ rt_private(object) };
}

D3D10DDI_HRASTERIZERSTATE d3d_rasterizer_state(const struct rt_object *object)
{
    return (D3D10DDI_HRASTERIZERSTATE){ rt_private(object) };
}

D3D10DDI_HSAMPLER d3d_sampler(const struct rt_object *object)
{
    return (D3D10DDI_HSAMPLER){ rt_private(object) };
}

D3D10DDI_HQUERY d3d_query(const struct rt_object *object)
{
    return (D3D10DDI_HQUERY){ rt_private(object) };
}

void d3d_destroy(struct rt_object *object)
{
    rt_object_destroy(object);
}

void d3d_destroy_later(struct rt_object *object)
{
    rt_object_destroy_later(object);
}
