// Integer attributes and a generated value: the inputs whose component type is not float.
struct vertex {
    uint2 cell : CELL;
    int4 shift : SHIFT;
    uint id : SV_VertexID;
};

struct varyings {
    float4 position : SV_Position;
    float2 corner : CORNER;
};

varyings main(vertex v)
{
    varyings o;
    o.position = float4(v.cell.x, v.cell.y, v.id, 1) + v.shift;
    o.corner = v.cell;
    return o;
}
