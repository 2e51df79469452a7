// One constant colour; reads nothing, so it links with every vertex shader.
float4 main() : SV_Target
{
    return float4(0.25f, 0.5f, 0.75f, 1.0f);
}
