// The least a vertex shader can do: one attribute, no constants.
float4 main(float4 position : POSITION) : SV_Position
{
    return position;
}
