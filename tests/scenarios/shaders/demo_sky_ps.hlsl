// The background: from dusk above to haze at the horizon, with a glow behind the scene.
struct varyings {
    float4 position : SV_Position;
    float2 corner : TEXCOORD;
};

float4 main(varyings v) : SV_Target
{
    float2 from_glow = (v.corner - float2(0.5f, 0.42f)) * float2(1.33f, 1.0f);
    float glow = saturate(1.0f - dot(from_glow, from_glow) * 3.2f);
    float height = saturate(1.0f - v.corner.y * 1.25f);
    float3 colour = lerp(float3(0.150f, 0.170f, 0.250f), float3(0.035f, 0.045f, 0.105f), height);
    colour += float3(0.16f, 0.20f, 0.27f) * glow * glow;
    return float4(colour, 1.0f);
}
