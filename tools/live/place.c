#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/live_wire.h"

static void path_of(const struct place *place, const char *name, char path[PLACE_PATH_BYTES])
{
    snprintf(path, PLACE_PATH_BYTES, "%.40s/%s", place->folder, name);
}

static bool fail(const char *path)
{
    fprintf(stderr, "aerogpu-live-host: %s: %s\n", path, strerror(errno));
    return false;
}

static bool make_fifo(const struct place *place, const char *name)
{
    char path[PLACE_PATH_BYTES];

    path_of(place, name, path);
    return mkfifo(path, 0600) == 0 || fail(path);
}

int place_open(const struct place *place, const char *name, int flags)
{
    char path[PLACE_PATH_BYTES];
    int file;

    path_of(place, name, path);
    file = open(path, flags | O_CLOEXEC, 0600);
    if (file < 0)
        fail(path);
    return file;
}

bool place_create(struct place *place)
{
    int memory;

    strcpy(place->folder, "/dev/shm/aerogpu-live-XXXXXX");
    if (mkdtemp(place->folder) == NULL) {
        fail(place->folder);
        place->folder[0] = '\0';
        return false;
    }
    memory = place_open(place, LIVE_WIRE_MEMORY, O_RDWR | O_CREAT | O_EXCL);
    if (memory >= 0 && close(memory) == 0 && make_fifo(place, LIVE_WIRE_REQUEST) &&
        make_fifo(place, LIVE_WIRE_REPLY))
        return true;
    place_remove(place);
    return false;
}

void place_remove(struct place *place)
{
    static const char *const names[] = { LIVE_WIRE_REQUEST, LIVE_WIRE_REPLY, LIVE_WIRE_MEMORY };
    char path[PLACE_PATH_BYTES];

    if (place->folder[0] == '\0')
        return;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        path_of(place, names[i], path);
        unlink(path);
    }
    if (rmdir(place->folder) != 0)
        fail(place->folder);
    place->folder[0] = '\0';
}
