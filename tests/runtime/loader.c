#include "runtime/loader.h"

#include "runtime/tap.h"

#ifdef _WIN32

#include <stdlib.h>
#include <windows.h>

static PFND3D10DDI_OPENADAPTER find_export(HMODULE module, const char *name)
{
    const FARPROC found = GetProcAddress(module, name);

    if (found == NULL)
        tap_bail_out("the driver does not export %s", name);
    /* Through a function type without arguments: the compiler warns of a direct cast. */
    return (PFND3D10DDI_OPENADAPTER)(void (*)(void))found;
}

static void load(struct rt_driver *driver)
{
    const char *path = getenv("AEROGPU_UMD");
    HMODULE module;

    if (path == NULL)
        tap_bail_out("AEROGPU_UMD does not name the driver");
    module = LoadLibraryA(path);
    if (module == NULL)
        tap_bail_out("%s does not load, error %lu", path, (unsigned long)GetLastError());
    driver->open[RT_OPEN_ADAPTER_10] = find_export(module, "OpenAdapter10");
    driver->open[RT_OPEN_ADAPTER_10_2] = find_export(module, "OpenAdapter10_2");
    driver->open[RT_OPEN_ADAPTER_11] = find_export(module, "OpenAdapter11");
}

#else

#include "aerogpu/entry.h"

static void load(struct rt_driver *driver)
{
    driver->open[RT_OPEN_ADAPTER_10] = OpenAdapter10;
    driver->open[RT_OPEN_ADAPTER_10_2] = OpenAdapter10_2;
    driver->open[RT_OPEN_ADAPTER_11] = OpenAdapter11;
}

#endif

const struct rt_driver *loader_driver(void)
{
    static struct rt_driver driver;

    if (driver.open[RT_OPEN_ADAPTER_10] == NULL)
        load(&driver);
    return &driver;
}
