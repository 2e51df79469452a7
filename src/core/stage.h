/** Programmable stages, in the order of our tables. */
#ifndef CORE_STAGE_H
#define CORE_STAGE_H

enum stage {
    STAGE_VERTEX,
    STAGE_PIXEL,
    STAGE_GEOMETRY,
    STAGE_HULL,
    STAGE_DOMAIN,
    STAGE_COMPUTE,
    STAGE_COUNT,
};

#endif
