/** What the two files of the driver's backend share. */
#ifndef PIXEL_DDI_STATE_H
#define PIXEL_DDI_STATE_H

#include "ddi.h"

struct px_object {
    struct px_object *next;
    struct rt_object *rt;
    uint32_t handle; /**< of a resource, on the host */
    bool is_buffer;
    uint32_t size_bytes;
    struct px_texture_desc texture;
    enum px_query query;
};

struct px_ddi {
    struct kernel *kernel;
    struct rt_device *device;
    enum rt_level level;
    struct px_object *objects;
    char error[64];
};

/** Remembers an object of the runtime's; NULL for NULL. Freed with the backend. */
struct px_object *px_ddi_wrap(struct px_ddi *ddi, struct rt_object *rt);

/** Whether the driver reported nothing in the last call. */
bool px_ddi_is_good(struct px_ddi *ddi);

/** NULL when the driver refuses it. */
struct rt_object *px_ddi_create_rt_texture(struct px_ddi *ddi, const struct px_texture_desc *desc,
                                           const D3D10_DDIARG_SUBRESOURCE_UP *initial);

/* Operations of the backend (api.h). */
bool px_ddi_read_texture(void *device, struct px_object *texture, uint32_t mip, uint32_t layer,
                         struct px_image *image);
bool px_ddi_read_buffer(void *device, struct px_object *buffer, uint32_t offset_bytes, void *bytes,
                        uint32_t size_bytes);
bool px_ddi_read_presented(void *device, struct px_image *image);
bool px_ddi_read_staging(void *device, struct px_object *texture, uint32_t mip, uint32_t layer,
                         struct px_image *image);

#endif
