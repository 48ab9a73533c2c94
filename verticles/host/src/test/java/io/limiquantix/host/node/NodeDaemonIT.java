package io.limiquantix.host.node;

import static io.limiquantix.host.node.NodeClient.get;
import static io.limiquantix.host.node.NodeClient.operation;
import static io.limiquantix.host.node.NodeClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.node.v1.CloneVolumeRequest;
import io.limiquantix.node.v1.CreateVolumeRequest;
import io.limiquantix.node.v1.CreateVolumeSnapshotRequest;
import io.limiquantix.node.v1.DeleteVolumeRequest;
import io.limiquantix.node.v1.DeleteVolumeSnapshotRequest;
import io.limiquantix.node.v1.DestroyStoragePoolRequest;
import io.limiquantix.node.v1.GetStoragePoolInfoRequest;
import io.limiquantix.node.v1.GetVolumeAttachInfoRequest;
import io.limiquantix.node.v1.InitStoragePoolRequest;
import io.limiquantix.node.v1.ListStoragePoolsRequest;
import io.limiquantix.node.v1.ListVolumesRequest;
import io.limiquantix.node.v1.ListVolumesResponse;
import io.limiquantix.node.v1.NodeDaemonGrpcClient;
import io.limiquantix.node.v1.Operation;
import io.limiquantix.node.v1.ResizeVolumeRequest;
import io.limiquantix.node.v1.StoragePool;
import io.limiquantix.node.v1.TaskRef;
import io.limiquantix.node.v1.Volume;
import io.limiquantix.node.v1.VolumeSource;
import io.limiquantix.runtime.id.Uuid7;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NodeDaemon as another program sees it, on a real host with a directory pool. */
class NodeDaemonIT {
    private static final long MIB = 1 << 20;

    private final Path folder;
    private final TestHost host;
    private final NodeClient client;
    private final NodeDaemonGrpcClient calls;

    NodeDaemonIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
        this.client = NodeClient.member(host);
        this.calls = client.calls();
    }

    @AfterEach
    void stop() {
        client.close();
        host.close();
    }

    private String pool() {
        return host.poolId().toString();
    }

    private static String id() {
        return Uuid7.next().toString();
    }

    private CreateVolumeRequest.Builder volume() {
        return CreateVolumeRequest.newBuilder()
                .setOperation(operation())
                .setPoolId(pool())
                .setVolumeId(id())
                .setSizeBytes(8 * MIB)
                .setSource(VolumeSource.EMPTY);
    }

    @Test
    void aPoolComesAndGoes() {
        String pool = id();
        Path path = folder.resolve("second");
        var init = InitStoragePoolRequest.newBuilder()
                .setOperation(operation())
                .setPoolId(pool)
                .setDriver("local")
                .putSettings("path", path.toString());
        StoragePool made = get(calls.initStoragePool(init.build()));
        assertThat(made.getUsable()).isTrue();
        assertThat(made.getVolumeFormatsList()).contains("qcow2");
        assertThat(get(calls.getStoragePoolInfo(GetStoragePoolInfoRequest.newBuilder()
                                .setPoolId(pool)
                                .build()))
                        .getCapacityBytes())
                .isEqualTo(made.getCapacityBytes())
                .isPositive();
        assertThat(get(calls.listStoragePools(ListStoragePoolsRequest.getDefaultInstance()))
                        .getPoolsList())
                .extracting(StoragePool::getPoolId)
                .containsExactlyInAnyOrder(pool, pool());
        Volume inside = get(calls.createVolume(volume().setPoolId(pool).build()));
        var destroy = DestroyStoragePoolRequest.newBuilder().setPoolId(pool);
        assertThat(status(calls.destroyStoragePool(
                        destroy.setOperation(operation()).build())))
                .isEqualTo(GrpcStatus.FAILED_PRECONDITION);
        get(calls.deleteVolume(DeleteVolumeRequest.newBuilder()
                .setOperation(operation())
                .setPoolId(pool)
                .setVolumeId(inside.getVolumeId())
                .build()));
        get(calls.destroyStoragePool(destroy.setOperation(operation()).build()));
        assertThat(status(calls.getStoragePoolInfo(
                        GetStoragePoolInfoRequest.newBuilder().setPoolId(pool).build())))
                .isEqualTo(GrpcStatus.NOT_FOUND);
    }

    @Test
    void aVolumeIsMadeGrownClonedSnapshottedAndDeleted() throws IOException {
        CreateVolumeRequest request = volume().build();
        Volume made = get(calls.createVolume(request));
        assertThat(made.getSizeBytes()).isEqualTo(8 * MIB);
        assertThat(Path.of(made.getPath())).isRegularFile();
        assertThat(get(calls.createVolume(request))).isEqualTo(made);

        var grow = ResizeVolumeRequest.newBuilder().setPoolId(pool()).setVolumeId(made.getVolumeId());
        assertThat(get(calls.resizeVolume(grow.setOperation(operation())
                                .setSizeBytes(16 * MIB)
                                .build()))
                        .getSizeBytes())
                .isEqualTo(16 * MIB);
        assertThat(status(calls.resizeVolume(
                        grow.setOperation(operation()).setSizeBytes(MIB).build())))
                .isEqualTo(GrpcStatus.INVALID_ARGUMENT);

        String snapshot = id();
        get(calls.createVolumeSnapshot(CreateVolumeSnapshotRequest.newBuilder()
                .setOperation(operation())
                .setPoolId(pool())
                .setVolumeId(made.getVolumeId())
                .setSnapshotId(snapshot)
                .build()));
        Volume then = get(calls.createVolume(volume().setSizeBytes(16 * MIB)
                .setSource(VolumeSource.SNAPSHOT)
                .setSourceVolumeId(made.getVolumeId())
                .setSnapshotId(snapshot)
                .build()));
        Volume clone = get(calls.cloneVolume(CloneVolumeRequest.newBuilder()
                .setOperation(operation())
                .setPoolId(pool())
                .setSourceVolumeId(made.getVolumeId())
                .setVolumeId(id())
                .build()));
        Volume ofImage = get(calls.createVolume(volume().setSizeBytes(1 << 30)
                .setSource(VolumeSource.IMAGE)
                .setImageId(host.tinyImage().toString())
                .build()));
        assertThat(List.of(then.getSizeBytes(), clone.getSizeBytes())).containsOnly(16 * MIB);

        get(calls.deleteVolumeSnapshot(DeleteVolumeSnapshotRequest.newBuilder()
                .setOperation(operation())
                .setPoolId(pool())
                .setVolumeId(made.getVolumeId())
                .setSnapshotId(snapshot)
                .build()));
        for (Volume each : List.of(clone, then, ofImage, made)) {
            get(calls.deleteVolume(DeleteVolumeRequest.newBuilder()
                    .setOperation(operation())
                    .setPoolId(pool())
                    .setVolumeId(each.getVolumeId())
                    .build()));
            assertThat(Path.of(each.getPath())).doesNotExist();
        }
    }

    @Test
    void aDiskIsDescribedAsLibvirtWantsIt() throws Exception {
        Volume made = get(calls.createVolume(volume().build()));
        String xml = get(calls.getVolumeAttachInfo(GetVolumeAttachInfoRequest.newBuilder()
                        .setPoolId(pool())
                        .setVolumeId(made.getVolumeId())
                        .setTarget("vdc")
                        .build()))
                .getDiskXml();
        assertThat(xml).contains(made.getPath(), "dev=\"vdc\"", made.getVolumeId());
        Path domain = Files.writeString(folder.resolve("domain.xml"), """
                <domain type="qemu"><name>x</name><memory>1</memory><os><type>hvm</type></os>
                <devices>%s</devices></domain>""".formatted(xml));
        Process check = new ProcessBuilder("virt-xml-validate", domain.toString(), "domain")
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
    }

    @Test
    void whatWasDoneOnceIsNotDoneAgainByAnOlderRun() {
        Operation.Builder second = operation().toBuilder()
                .setTask(TaskRef.newBuilder().setTaskId(id()).setEpoch(2));
        get(calls.createVolume(volume().setOperation(second).build()));
        Operation.Builder first =
                operation().toBuilder().setTask(second.getTask().toBuilder().setEpoch(1));
        assertThat(status(calls.createVolume(volume().setOperation(first).build())))
                .isEqualTo(GrpcStatus.ABORTED);
    }

    @Test
    void whatIsWrongIsRefused() {
        for (CreateVolumeRequest wrong : List.of(
                volume().clearOperation().build(),
                volume().setPoolId("../x").build(),
                volume().setVolumeId("").build(),
                volume().setSizeBytes(-1).build(),
                volume().setFormat("vmdk").build(),
                volume().setSourceValue(77).build(),
                volume().setSource(VolumeSource.CLONE).build())) {
            assertThat(status(calls.createVolume(wrong))).as("%s", wrong).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        }
        assertThat(status(
                        calls.createVolume(volume().setSizeBytes(Long.MAX_VALUE).build())))
                .isNotNull();
        assertThat(status(calls.createVolume(
                        volume().setPoolId(id()).setFormat("raw").build())))
                .isIn(GrpcStatus.NOT_FOUND, GrpcStatus.UNAVAILABLE);
        assertThat(list(10).size()).isZero();
    }

    @Test
    void manyVolumesComeInPages() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            made.add(get(calls.createVolume(volume().setFormat("raw").build())).getVolumeId());
        }
        assertThat(list(10)).containsExactlyElementsOf(made.stream().sorted().toList());
        assertThat(status(calls.listVolumes(ListVolumesRequest.newBuilder()
                        .setPoolId(pool())
                        .setPageSize(5000)
                        .build())))
                .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    }

    private List<String> list(int pageSize) {
        List<String> ids = new ArrayList<>();
        String token = "";
        do {
            ListVolumesResponse page = get(calls.listVolumes(ListVolumesRequest.newBuilder()
                    .setPoolId(pool())
                    .setPageSize(pageSize)
                    .setPageToken(token)
                    .build()));
            assertThat(page.getVolumesCount()).isLessThanOrEqualTo(pageSize);
            page.getVolumesList().forEach(volume -> ids.add(volume.getVolumeId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return ids;
    }

    @Test
    void onlyMembersOfTheClusterGetIn() throws IOException {
        try (NodeClient nobody = NodeClient.nobody(host);
                NodeClient stranger = NodeClient.stranger(host, folder)) {
            for (NodeClient other : List.of(nobody, stranger)) {
                var listed = other.calls().listStoragePools(ListStoragePoolsRequest.getDefaultInstance());
                assertThatThrownBy(() -> get(listed)).isInstanceOf(AssertionError.class);
            }
        }
        assertThat(get(calls.listStoragePools(ListStoragePoolsRequest.getDefaultInstance()))
                        .getPoolsCount())
                .isEqualTo(1);
    }

    @Test
    void itSaysWhatItOffersAndHowItIs() throws InvalidProtocolBufferException {
        ServerReflectionResponse services = reflect(
                ServerReflectionRequest.newBuilder().setListServices("*").build());
        assertThat(services.getListServicesResponse().getServiceList())
                .extracting(service -> service.getName())
                .contains("limiquantix.node.v1.NodeDaemon", "grpc.health.v1.Health");
        ServerReflectionResponse file = reflect(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol("limiquantix.node.v1.NodeDaemon")
                .build());
        var described =
                FileDescriptorProto.parseFrom(file.getFileDescriptorResponse().getFileDescriptorProto(0));
        assertThat(described.getService(0).getMethodList())
                .extracting(method -> method.getName())
                .contains("InitStoragePool", "CreateVolume", "GetVolumeAttachInfo", "ListVolumes")
                .hasSize(12);
        ServiceMethod<HealthCheckResponse, HealthCheckRequest> check = ServiceMethod.client(
                ServiceName.create("grpc.health.v1", "Health"),
                "Check",
                GrpcMessageEncoder.encoder(),
                GrpcMessageDecoder.decoder(HealthCheckResponse.newBuilder()));
        HealthCheckRequest question = HealthCheckRequest.newBuilder()
                .setService("limiquantix.node.v1.NodeDaemon")
                .build();
        HealthCheckResponse health =
                get(client.grpc().request(client.address(), check).compose(request -> {
                    request.end(question);
                    return request.response().compose(response -> response.last());
                }));
        assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    private ServerReflectionResponse reflect(ServerReflectionRequest question) {
        ServiceMethod<ServerReflectionResponse, ServerReflectionRequest> method = ServiceMethod.client(
                ServiceName.create("grpc.reflection.v1", "ServerReflection"),
                "ServerReflectionInfo",
                GrpcMessageEncoder.encoder(),
                GrpcMessageDecoder.decoder(ServerReflectionResponse.newBuilder()));
        return get(client.grpc().request(client.address(), method).compose(request -> {
            request.end(question);
            return request.response().compose(response -> response.last());
        }));
    }
}
