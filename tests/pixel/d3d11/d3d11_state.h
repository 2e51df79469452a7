/** What the files of the D3D11 backend share. */
#ifndef PIXEL_D3D11_STATE_H
#define PIXEL_D3D11_STATE_H

#define COBJMACROS
#include <d3d11.h>

#include "d3d11_backend.h"

struct px_object {
    struct px_object *next;
    IUnknown *made; /**< owned; what it is follows from the operation that made it */
    bool is_buffer;
    struct px_buffer_desc buffer;   /**< of a buffer */
    struct px_texture_desc texture; /**< of a texture */
    enum px_query query;
};

struct px_d3d11 {
    ID3D11Device *device;
    ID3D11DeviceContext *context;
    struct px_object *objects;
    HRESULT result;      /**< of what failed last */
    const char *rule;    /**< that the last thing broke; NULL */
    bool is_depth_above; /**< d3d11_reading.c: words of depth and stencil come turned round */
    struct px_object *presented; /**< a copy */
    char error[64];
};

/**
 * Remembers what a call made and answered; NULL when it failed. The device frees what is
 * remembered.
 */
struct px_object *px_d3d11_keep(struct px_d3d11 *d3d, HRESULT result, void *made);

/** Passes a call's success on, and remembers how it failed. */
bool px_d3d11_did(struct px_d3d11 *d3d, HRESULT result);

/**
 * Refuses what Direct3D leaves undefined or Microsoft's runtime refuses, and Wine just does: a
 * script that relies on it proves nothing. Returns false.
 */
bool px_d3d11_refuse(struct px_d3d11 *d3d, const char *rule);

/** The interface behind an object, NULL for none. */
#define PX_MADE(type, object) ((type *)(void *)((object) ? (object)->made : NULL))

/* Each fills in the operations of its file. */
void px_d3d11_add_resources(struct px_backend *backend);
void px_d3d11_add_views(struct px_backend *backend);
void px_d3d11_add_states(struct px_backend *backend);
void px_d3d11_add_bindings(struct px_backend *backend);
void px_d3d11_add_work(struct px_backend *backend);
void px_d3d11_add_reading(struct px_backend *backend);

/** Creates a texture: a script's, or one for reading back. initial may be NULL. */
struct px_object *px_d3d11_texture(struct px_d3d11 *d3d, const struct px_texture_desc *desc,
                                   const struct px_data *initial);

/** Learns how words of depth and stencil come; false when a depth texture cannot be read at all. */
bool px_d3d11_find_depth(struct px_d3d11 *d3d, const struct px_backend *backend);

#endif
