#include <stdlib.h>

#include "runtime/runtime_state.h"

struct handle {
    struct handle *next;
    HANDLE value;
    enum rt_handle_kind kind;
    void *owner;
};

static struct handle *handles;
static uintptr_t next_value = 0x5A000030;

HANDLE rt_handle_create(enum rt_handle_kind kind, void *owner)
{
    struct handle *handle = malloc(sizeof(*handle));

    if (handle == NULL)
        tap_bail_out("out of memory");
    handle->value = (HANDLE)next_value;
    handle->kind = kind;
    handle->owner = owner;
    handle->next = handles;
    handles = handle;
    next_value += 0x30;
    return handle->value;
}

void rt_handle_drop(HANDLE value)
{
    struct handle **link = &handles;

    while (*link != NULL && (*link)->value != value)
        link = &(*link)->next;
    if (*link != NULL) {
        struct handle *handle = *link;

        *link = handle->next;
        free(handle);
    }
}

void *rt_handle_find(HANDLE value, enum rt_handle_kind kind)
{
    for (const struct handle *handle = handles; handle != NULL; handle = handle->next) {
        if (handle->value == value && handle->kind == kind)
            return handle->owner;
    }
    return NULL;
}
