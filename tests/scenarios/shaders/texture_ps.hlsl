// A texture where the triangle's vertex shader has its colour: the first two components are u, v.
Texture2D image : register(t0);
SamplerState image_sampler : register(s0);

struct varyings {
    float4 position : SV_Position;
    float4 colour : COLOR;
};

float4 main(varyings v) : SV_Target
{
    return image.Sample(image_sampler, v.colour.xy);
}
