/* Input assembler: layouts, buffers, topology (driver semantics 14.1, 15.4). */

#include "core/input_layout.h"

#include "ddi/edge.h"

SIZE_T APIENTRY ddi_calc_private_element_layout_size(D3D10DDI_HDEVICE h,
                                                     const D3D10DDIARG_CREATEELEMENTLAYOUT *create)
{
    (void)h;
    (void)create;
    return sizeof(struct input_layout);
}

static struct layout_element translate(const D3D10DDIARG_INPUT_ELEMENT_DESC *element)
{
    return (struct layout_element){
        .slot = element->InputSlot,
        .offset_bytes = element->AlignedByteOffset,
        .format = (uint32_t)element->Format,
        .is_per_instance = element->InputSlotClass == D3D10_DDI_INPUT_PER_INSTANCE_DATA,
        .step_rate = element->InstanceDataStepRate,
        .input_register = element->InputRegister,
    };
}

void APIENTRY ddi_create_element_layout(D3D10DDI_HDEVICE h,
                                        const D3D10DDIARG_CREATEELEMENTLAYOUT *create,
                                        D3D10DDI_HELEMENTLAYOUT h_layout,
                                        D3D10DDI_HRTELEMENTLAYOUT h_rt_layout)
{
    struct layout_element elements[LAYOUT_ELEMENTS];
    UINT count;

    (void)h_rt_layout;
    if (!create || (create->NumElements > 0 && !create->pVertexElements)) {
        ddi_refuse_create(h, SLOT_pfnCreateElementLayout, h_layout.pDrvPrivate,
                          sizeof(struct input_layout));
        return;
    }
    count = create->NumElements;
    for (UINT i = 0; i < count && i < LAYOUT_ELEMENTS; i++)
        elements[i] = translate(&create->pVertexElements[i]);
    ddi_report(h, SLOT_pfnCreateElementLayout,
               input_layout_init(ddi_core_of(h), h_layout.pDrvPrivate, elements, count));
}

static struct input_layout *layout_of(D3D10DDI_HELEMENTLAYOUT h_layout)
{
    return object_of(h_layout.pDrvPrivate, OBJECT_INPUT_LAYOUT);
}

void APIENTRY ddi_destroy_element_layout(D3D10DDI_HDEVICE h, D3D10DDI_HELEMENTLAYOUT h_layout)
{
    struct input_layout *layout = layout_of(h_layout);

    if (layout)
        input_layout_finish(ddi_core_of(h), layout);
}

void APIENTRY ddi_ia_set_input_layout(D3D10DDI_HDEVICE h, D3D10DDI_HELEMENTLAYOUT h_layout)
{
    state_set_input_layout(&ddi_core_of(h)->state, layout_of(h_layout));
}

void APIENTRY ddi_ia_set_vertex_buffers(D3D10DDI_HDEVICE h, UINT start, UINT count,
                                        const D3D10DDI_HRESOURCE *h_buffers, const UINT *strides,
                                        const UINT *offsets)
{
    struct state *state = &ddi_core_of(h)->state;

    if (start >= STATE_VERTEX_BUFFERS || !h_buffers || !strides || !offsets)
        return;
    if (count > STATE_VERTEX_BUFFERS - start)
        count = STATE_VERTEX_BUFFERS - start;
    for (UINT i = 0; i < count; i++)
        state_set_vertex_buffer(state, start + i, ddi_resource(h_buffers[i]), strides[i],
                                offsets[i]);
}

void APIENTRY ddi_ia_set_index_buffer(D3D10DDI_HDEVICE h, D3D10DDI_HRESOURCE h_buffer,
                                      DXGI_FORMAT format, UINT offset)
{
    struct device *device = ddi_core_of(h);
    struct resource *buffer = ddi_resource(h_buffer);

    if (buffer && format != DXGI_FORMAT_R16_UINT && format != DXGI_FORMAT_R32_UINT) {
        ledger_count(&device->ledger, LEDGER_INDEX_FORMAT, NULL);
        buffer = NULL;
    }
    state_set_index_buffer(&device->state, buffer,
                           format == DXGI_FORMAT_R32_UINT ? AEROGPU_INDEX_FORMAT_UINT32
                                                          : AEROGPU_INDEX_FORMAT_UINT16,
                           offset);
}

void APIENTRY ddi_ia_set_topology(D3D10DDI_HDEVICE h, D3D10_DDI_PRIMITIVE_TOPOLOGY topology)
{
    state_set_topology(&ddi_core_of(h)->state, (uint32_t)topology);
}
